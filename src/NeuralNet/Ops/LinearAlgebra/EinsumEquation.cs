namespace NeuralNet;

/// <summary>
/// An equation of <see cref="Tensor.Einsum"/>, read: the letters of each term, with <see cref="Ellipsis"/> for three dots.
/// </summary>
internal sealed class EinsumEquation
{
    public const char Ellipsis = '.';

    private const string Arrow = "->";
    private const string Dots = "...";

    private readonly string _text;
    private readonly List<List<char>> _terms = [[]];
    private List<char>? _output;

    private EinsumEquation(string text) => _text = text;

    /// <summary>The terms of the operands.</summary>
    public IReadOnlyList<IReadOnlyList<char>> Terms => _terms;

    /// <summary>The letters of the result; null where the equation leaves them open.</summary>
    public IReadOnlyList<char>? Output => _output;

    /// <exception cref="ArgumentException">The text is no equation.</exception>
    public static EinsumEquation Parse(string text)
    {
        EinsumEquation equation = new(text);
        for (int i = 0; i < text.Length;)
            i += equation.Read(i);
        return equation;
    }

    public override string ToString() => $"\"{_text}\"";

    /// <summary>Reads what stands at a position, and says how long it is.</summary>
    private int Read(int position)
    {
        char character = _text[position];
        if (char.IsAsciiLetter(character))
            return ReadLetter(position);
        switch (character)
        {
            case ' ':
                return 1;
            case '.':
                return ReadEllipsis(position);
            case ',' when _output is null:
                _terms.Add([]);
                return 1;
            case ',':
                throw Unreadable(position, "a comma after the arrow", "The result has one term.");
            case '-' when IsAt(position, Arrow) && _output is null:
                _output = [];
                return Arrow.Length;
            case '-' when IsAt(position, Arrow):
                throw Unreadable(position, "a second arrow", "Write one.");
            default:
                throw Unreadable(position, $"'{character}'", "Write letters, commas, three dots and one arrow, as in \"bij,bjk->bik\".");
        }
    }

    private int ReadLetter(int position)
    {
        char letter = _text[position];
        if (_output is null)
        {
            _terms[^1].Add(letter);
            return 1;
        }
        if (_output.Contains(letter))
            throw Unreadable(position, $"a second '{letter}' in the result", "Name each index of the result once.");
        if (!_terms.Any(term => term.Contains(letter)))
            throw Unreadable(position, $"'{letter}', which no operand has", "The result's letters come from the operands.");
        _output.Add(letter);
        return 1;
    }

    private int ReadEllipsis(int position)
    {
        if (!IsAt(position, Dots))
            throw Unreadable(position, "a dot that is no part of an ellipsis", "Write three dots.");
        List<char> term = _output ?? _terms[^1];
        if (term.Contains(Ellipsis))
            throw Unreadable(position, "a second ellipsis in a term", "One stands for all further axes.");
        term.Add(Ellipsis);
        return Dots.Length;
    }

    private bool IsAt(int position, string token) => string.CompareOrdinal(_text, position, token, 0, token.Length) == 0;

    private ArgumentException Unreadable(int position, string what, string remedy) =>
        new($"Einsum: {what} at position {position} of \"{_text}\". {remedy}", "equation");
}
