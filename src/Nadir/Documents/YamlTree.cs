using Nadir.Faults;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Nadir.Documents;

/// <summary>Builds the tree of one document from the parser's events.</summary>
sealed class YamlTree(YamlEvents events, IssueList issues)
{
    int _nodes;

    /// <exception cref="InvalidInputException">The document holds something that is not accepted.</exception>
    public DocumentNode Read()
    {
        events.Skip<StreamStart>();
        if (events.Current is StreamEnd)
        {
            throw events.Refuse("ND0016", "the document holds no data", expected: "keys with values");
        }

        events.Skip<DocumentStart>();
        DocumentNode root = Node(depth: 0);
        events.Skip<DocumentEnd>();
        return events.Current is StreamEnd
            ? root
            : throw events.Refuse("ND0012", "the file holds more than one document", "---", "one document", "put each document into a file of its own");
    }

    DocumentNode Node(int depth)
    {
        Check(depth);
        SourceLocation at = events.At;
        switch (events.Current)
        {
            case Scalar scalar:
                events.Next();
                return new ScalarNode(scalar.Value, scalar.Style != ScalarStyle.Plain, at);
            case SequenceStart:
                events.Next();
                return new SequenceNode(Items(depth), at);
            default:
                events.Next();
                return new MappingNode(Entries(depth), at);
        }
    }

    void Check(int depth)
    {
        events.RefuseReferences();
        if (depth >= YamlReader.MaxDepth && events.Current is not Scalar)
        {
            throw events.Refuse("ND0014", "lists and mappings are nested too deeply", expected: $"at most {YamlReader.MaxDepth} levels");
        }

        if (++_nodes > YamlReader.MaxNodes)
        {
            throw events.Refuse("ND0015", "the document holds too many values", expected: $"at most {YamlReader.MaxNodes}");
        }
    }

    List<DocumentNode> Items(int depth)
    {
        List<DocumentNode> items = [];
        while (events.Current is not SequenceEnd)
        {
            items.Add(Node(depth + 1));
        }

        events.Next();
        return items;
    }

    List<MappingEntry> Entries(int depth)
    {
        List<MappingEntry> entries = [];
        Dictionary<string, SourceLocation> seen = new(StringComparer.Ordinal);
        HashSet<string> repeated = new(StringComparer.Ordinal);
        while (events.Current is not MappingEnd)
        {
            SourceLocation at = events.At;
            string key = Key();
            MappingEntry entry = new(key, at, Node(depth + 1));
            if (seen.TryAdd(key, at))
            {
                entries.Add(entry);
            }
            else if (repeated.Add(key))
            {
                issues.Error("ND0013", at, $"the key {Excerpt.Of(key)} stands twice", hint: $"it stands first in line {seen[key].Line}; keep one of them");
            }
        }

        events.Next();
        return entries;
    }

    string Key()
    {
        events.RefuseReferences();
        if (events.Current is not Scalar { Value.Length: > 0 } key)
        {
            throw events.Refuse("ND0017", "a key must be plain text", events.Current is Scalar ? "nothing" : "a list or a mapping", "key: value");
        }

        events.Next();
        return key.Value;
    }
}
