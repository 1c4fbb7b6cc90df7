using Nadir.Faults;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Nadir.Documents;

/// <summary>The events of a YAML parser, one ahead, with refusal of what plain data does not need.</summary>
sealed class YamlEvents(IParser parser, SourceText source)
{
    bool _started;

    public ParsingEvent Current
    {
        get
        {
            if (!_started)
            {
                Next();
            }

            return parser.Current ?? throw new YamlException("the document ends too early");
        }
    }

    public SourceLocation At => source.At((int)Current.Start.Line, (int)Current.Start.Column);

    public void Next()
    {
        _started = true;
        parser.MoveNext();
    }

    public void Skip<T>()
        where T : ParsingEvent
    {
        if (Current is T)
        {
            Next();
        }
    }

    /// <summary>Aliases let a few lines stand for billions of values, and tags ask for types; data needs neither.</summary>
    public void RefuseReferences()
    {
        switch (Current)
        {
            case AnchorAlias alias:
                throw Refuse("ND0011", "aliases are not accepted", $"*{alias.Value}", "the value itself", $"write the value out; quote it (\"*{alias.Value}\") if it is text");
            case NodeEvent { Anchor.IsEmpty: false } node:
                throw Refuse("ND0011", "anchors are not accepted", $"&{node.Anchor}", "a value without an anchor", $"remove \"&{node.Anchor}\"");
            case NodeEvent { Tag.IsEmpty: false } node:
                throw Refuse("ND0011", "tags are not accepted", node.Tag.IsNonSpecific ? "!" : node.Tag.Value, "a value without a tag", "remove the tag");
            default:
                break;
        }
    }

    /// <summary>What ends the reading; caught by <see cref="YamlReader"/>.</summary>
    public InvalidInputException Refuse(string code, string message, string? found = null, string? expected = null, string? hint = null) =>
        new([new Issue(code, Severity.Error, At, message) { Found = found, Expected = expected, Hint = hint }]);
}
