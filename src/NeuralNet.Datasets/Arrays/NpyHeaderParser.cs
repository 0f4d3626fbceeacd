namespace NeuralNet.Datasets;

/// <summary>
/// Reads the header of an npy file, a dictionary literal of Python with the keys descr, fortran_order and shape. Nothing is evaluated.
/// </summary>
internal sealed class NpyHeaderParser(string path, string text, int offset)
{
    private const int MaxQuoted = 24;

    private int _position;

    /// <summary>Reads the dictionary and checks what it claims against the length of the file.</summary>
    /// <exception cref="CorruptFileException">The text is no such dictionary, or claims other than what the file holds.</exception>
    public NpyHeader Parse(long fileLength)
    {
        NpyElement? element = null;
        bool? isFortranOrder = null;
        long[]? sizes = null;
        Expect('{');
        while (!TryTake('}'))
        {
            int start = _position;
            string key = ParseString();
            Expect(':');
            switch (key)
            {
                case "descr" when element is null:
                    element = ParseElement();
                    break;
                case "fortran_order" when isFortranOrder is null:
                    isFortranOrder = ParseBool();
                    break;
                case "shape" when sizes is null:
                    sizes = ParseSizes();
                    break;
                default:
                    throw Corrupt(start, "the keys descr, fortran_order and shape, once each");
            }
            if (!TryTake(','))
            {
                Expect('}');
                break;
            }
        }
        SkipSpace();
        if (_position < text.Length)
            throw Corrupt(_position, "the end of the header");
        if (element is null || isFortranOrder is null || sizes is null)
            throw Corrupt(0, "the keys descr, fortran_order and shape, once each");
        return Check(element.Value, isFortranOrder.Value, sizes, fileLength);
    }

    private NpyHeader Check(NpyElement element, bool isFortranOrder, long[] sizes, long fileLength)
    {
        long dataOffset = offset + text.Length;
        // An empty array may not be without bound in its other axes either, as strides come from them.
        UInt128 bound = (UInt128)element.Size;
        foreach (long size in sizes)
        {
            bound *= (UInt128)Math.Max(1, size);
            if (bound > long.MaxValue)
                throw new CorruptFileException(path, offset, "sizes whose product is below 2^63", Describe(sizes));
        }
        long length = sizes.Contains(0) ? 0 : (long)bound;
        if (length != fileLength - dataOffset)
        {
            string expected = $"{length} bytes of data for the sizes {Describe(sizes)} of {element.Size} bytes an element";
            throw new CorruptFileException(path, dataOffset, expected, $"{fileLength - dataOffset}");
        }
        return new(element, isFortranOrder, sizes, dataOffset, length);
    }

    private NpyElement ParseElement()
    {
        SkipSpace();
        int start = _position;
        if (Peek() == '[')
            throw Corrupt(start, $"a simple element type among {NpyElement.Known}, no record");
        string name = ParseString();
        return NpyElement.TryParse(name, out NpyElement element)
            ? element
            : throw Corrupt(start, $"an element type among {NpyElement.Known}, with < or > before it");
    }

    private bool ParseBool()
    {
        SkipSpace();
        foreach ((string word, bool value) in ((string, bool)[])[("True", true), ("False", false)])
        {
            if (string.CompareOrdinal(text, _position, word, 0, word.Length) == 0)
            {
                _position += word.Length;
                return value;
            }
        }
        throw Corrupt(_position, "True or False");
    }

    private long[] ParseSizes()
    {
        List<long> sizes = [];
        Expect('(');
        while (!TryTake(')'))
        {
            if (sizes.Count == Shape.MaxRank)
                throw Corrupt(_position, $"at most {Shape.MaxRank} axes");
            sizes.Add(ParseSize());
            if (!TryTake(','))
            {
                // A tuple of one is written (3,): without the comma it is a number in brackets.
                if (sizes.Count == 1)
                    throw Corrupt(_position, "a comma, as in (3,)");
                Expect(')');
                break;
            }
        }
        return [.. sizes];
    }

    private long ParseSize()
    {
        SkipSpace();
        int start = _position;
        while (char.IsAsciiDigit(Peek()))
            _position++;
        if (!long.TryParse(text.AsSpan(start, _position - start), out long size))
            throw Corrupt(start, "a size from 0 to 2^63 - 1");
        // Files of Python 2 mark long integers.
        if (Peek() == 'L')
            _position++;
        return size;
    }

    private string ParseString()
    {
        SkipSpace();
        int start = _position;
        char quote = Peek();
        int end = quote is '\'' or '"' ? text.IndexOf(quote, start + 1) : -1;
        if (end < 0)
            throw Corrupt(start, "text in quotes");
        _position = end + 1;
        return text[(start + 1)..end];
    }

    private void Expect(char character)
    {
        if (!TryTake(character))
            throw Corrupt(_position, $"'{character}'");
    }

    private bool TryTake(char character)
    {
        SkipSpace();
        if (Peek() != character)
            return false;
        _position++;
        return true;
    }

    private void SkipSpace()
    {
        while (Peek() is ' ' or '\n' or '\r' or '\t')
            _position++;
    }

    /// <summary>The next character, or 0 at the end.</summary>
    private char Peek() => _position < text.Length ? text[_position] : '\0';

    private CorruptFileException Corrupt(int position, string expected)
    {
        string rest = text[position..Math.Min(text.Length, position + MaxQuoted)];
        string printable = string.Concat(rest.Select(c => c is >= ' ' and <= '~' ? c : '?'));
        return new(path, offset + position, $"{expected} in the header", rest.Length == 0 ? "its end" : printable);
    }

    private static string Describe(long[] sizes) => $"[{string.Join(", ", sizes)}]";
}
