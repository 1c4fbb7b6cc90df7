using System.Collections.Frozen;
using Nadir.Expressions;
using Nadir.Faults;

namespace Nadir.Models;

/// <content>Names, annotations, uncertainties, synchronisation.</content>
sealed partial class AntimonyParser
{
    static readonly FrozenSet<string> s_qualifiers = FrozenSet.ToFrozenSet(
    [
        "biological_entity_is", "identity", "hasPart", "part", "isPartOf", "parthood", "isVersionOf", "hypernym", "hasVersion", "version",
        "isHomologTo", "homolog", "isDescribedBy", "description", "isEncodedBy", "encoder", "encodes", "encodement", "occursIn", "container",
        "hasProperty", "property", "isPropertyOf", "propertyBearer", "hasTaxon", "taxon", "model_entity_is", "isDerivedFrom", "origin",
        "isInstanceOf", "class", "hasInstance", "instance", "notes", "created", "modified",
    ]);

    static readonly FrozenSet<string> s_creatorWords = FrozenSet.ToFrozenSet(["name", "givenName", "familyName", "email", "organization", "organisation"]);

    static readonly FrozenSet<string> s_dataAbout = FrozenSet.ToFrozenSet(
    [
        "mean", "stdev", "standardDeviation", "variance", "median", "mode", "coefficientOfVariation", "skewness", "kurtosis", "sampleSize",
        "standardError", "confidenceInterval", "credibleInterval", "interquartileRange", "range", "distribution", "externalParameter", "sboTerm",
    ]);

    /// <summary>Whether the word names data about a symbol, written <c>x.word = …</c>, rather than a qualifier with texts.</summary>
    public static bool IsDataAbout(string word) => s_dataAbout.Contains(word);

    /// <summary>Whether a new model block starts here, rather than a statement about the current model.</summary>
    bool AtModelBlock => (_cursor.Is("model") || _cursor.Is("module"))
        && (_cursor.Peek(1).Kind == TokenKind.Star
            || (_cursor.Peek(1).Kind == TokenKind.Name && !_cursor.Is(_cursor.Peek(1), "is") && _cursor.Peek(2).Kind is TokenKind.OpenParenthesis or TokenKind.NewLine or TokenKind.Semicolon));

    AnnotationStatement? AboutModel()
    {
        SourceLocation at = _cursor.At(_cursor.Next());
        if (!_cursor.Take(TokenKind.Dot))
        {
            return Annotation(at, null);
        }

        if (!_cursor.Is("sboTerm"))
        {
            _cursor.Unexpected("ND0215", "a model has no such property", "sboTerm");
            return null;
        }

        return Data(at, null, _cursor.TextOf(_cursor.Next()));
    }

    /// <summary>Reads what is said about a symbol rather than defined; null with the cursor unmoved where nothing is.</summary>
    AnnotationStatement? About(Reference target)
    {
        int point = target.Name.LastIndexOf('.');
        string word = target.Name[(point + 1)..];
        bool data = point > 0 && s_dataAbout.Contains(word) && (_cursor.Is(TokenKind.Assign) || _cursor.Is("is")) && !_submodels.Contains(target.Name[..point]);
        return data ? Data(target.At, target with { Name = target.Name[..point] }, word) : null;
    }

    bool IsAnnotation => _cursor.Is(TokenKind.Name) && !ReservedWords.Keywords.Contains(_cursor.TextOf(_cursor.Current))
        && (_cursor.Peek(1).Kind is TokenKind.Text or TokenKind.Number || (_cursor.Peek(1).Kind == TokenKind.Dot && _cursor.Peek(3).Kind == TokenKind.Text));

    AnnotationStatement? Data(SourceLocation at, Reference? subject, string word)
    {
        if (!_cursor.Take(TokenKind.Assign) && !_cursor.Take("is"))
        {
            _cursor.Unexpected("ND0206", $"{word} needs a value", "=");
            return null;
        }

        string text = RestOfStatement();
        if (text.Length > 0)
        {
            return new AnnotationStatement(at, subject, word, [text]);
        }

        _cursor.Unexpected("ND0206", $"{word} needs a value", "a number, a name or a pair in braces");
        return null;
    }

    AnnotationStatement? Annotation(SourceLocation at, Reference? subject)
    {
        Token first = _cursor.Current;
        if (first.Kind != TokenKind.Name)
        {
            _cursor.Unexpected("ND0215", "a qualifier is missing here", "a qualifier such as description");
            return null;
        }

        string qualifier = _cursor.TextOf(_cursor.Next());
        if (_cursor.Take(TokenKind.Dot))
        {
            string word = _cursor.Is(TokenKind.Name) ? _cursor.TextOf(_cursor.Next()) : "";
            bool creator = qualifier.StartsWith("creator", StringComparison.Ordinal) && s_creatorWords.Contains(word);
            qualifier = creator ? $"{qualifier}.{word}" : "";
        }

        if (!s_qualifiers.Contains(qualifier) && !qualifier.Contains('.', StringComparison.Ordinal))
        {
            string found = _cursor.TextOf(first, _cursor.Previous);
            _issues.Error("ND0215", _cursor.At(first), $"there is no qualifier {Quote.Show(found)}", found, "a qualifier such as description", _hints.For(found, s_qualifiers));
            return null;
        }

        return Texts() is { } texts ? new AnnotationStatement(at, subject, qualifier, texts) : null;
    }

    List<string>? Texts()
    {
        List<string> texts = [];
        do
        {
            while (texts.Count > 0 && _cursor.Take(TokenKind.NewLine))
            {
            }

            if (_cursor.Current.Kind is not (TokenKind.Text or TokenKind.Number))
            {
                _cursor.Unexpected("ND0206", "a text is missing here", "a text in quotation marks");
                return null;
            }

            Token token = _cursor.Next();
            texts.Add(token.Kind == TokenKind.Text ? _cursor.ContentOf(token) : _cursor.TextOf(token));
        }
        while (_cursor.Take(TokenKind.Comma));
        return texts;
    }

    Statement? Is(Reference left)
    {
        _ = _cursor.Next();
        if (_cursor.Is(TokenKind.Text))
        {
            return new NameStatement(left.At, left, _cursor.ContentOf(_cursor.Next()));
        }

        if (Reference("a text, or the name it is synchronised with") is not { } right)
        {
            return null;
        }

        return _cursor.Is(TokenKind.Slash) ? Unsupported("synchronisation with a factor (A.x is y / f)") : new SynchronisationStatement(left.At, left, right);
    }
}
