using System.Text;

namespace NeuralNet.Datasets;

/// <summary>Numbers the characters of a text, in the order of their code points: the vocabulary of a character language model.</summary>
public sealed class CharacterVocabulary
{
    private readonly Dictionary<Rune, long> _numbers = [];

    /// <summary>Creates the vocabulary of a text.</summary>
    /// <param name="text">The text; its characters are code points, so that those beyond 16 bits count once.</param>
    public CharacterVocabulary(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        HashSet<Rune> characters = [];
        foreach (Rune character in text.EnumerateRunes())
            characters.Add(character);
        Characters = [.. characters.Order()];
        for (int i = 0; i < Characters.Count; i++)
            _numbers.Add(Characters[i], i);
    }

    /// <summary>Gets the characters in the order of their numbers.</summary>
    public IReadOnlyList<Rune> Characters { get; }

    /// <summary>Gets the number of characters.</summary>
    public int Count => Characters.Count;

    /// <summary>Gives each character its number.</summary>
    /// <returns>A tensor of [characters] of Int64.</returns>
    /// <exception cref="ArgumentException">A character is not in the vocabulary.</exception>
    public Tensor Encode(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        List<long> numbers = [];
        foreach (Rune character in text.EnumerateRunes())
        {
            numbers.Add(_numbers.TryGetValue(character, out long number) ? number : throw new ArgumentException(
                $"CharacterVocabulary: character {numbers.Count}, '{character}' (U+{character.Value:X4}), is none of the {Count} known ones. Make the "
                    + "vocabulary of a text that has it.",
                nameof(text)));
        }
        return Tensor.From(numbers.ToArray(), [numbers.Count]);
    }

    /// <summary>Gives the characters of numbers, joined.</summary>
    /// <param name="numbers">Numbers of characters, [n] of Int64 or Int32.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is none of a character.</exception>
    /// <exception cref="ShapeException">There is not one axis.</exception>
    /// <exception cref="DTypeException">The numbers are no integers.</exception>
    public string Decode(Tensor numbers)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        if (numbers.Rank != 1)
            throw new ShapeException($"CharacterVocabulary.Decode: numbers of {numbers.Shape}. Give one axis: [n].");
        if (!numbers.DType.IsInteger())
            throw new DTypeException($"CharacterVocabulary.Decode: numbers of {numbers.DType}. Give integers, such as Encode makes.");
        StringBuilder text = new();
        foreach (long number in numbers.Cast(DType.Int64).ToArray<long>())
        {
            if (number < 0 || number >= Count)
            {
                throw new ArgumentOutOfRangeException(nameof(numbers), number, $"CharacterVocabulary.Decode: {number} is none of {Count} characters. Stay "
                    + $"within [0, {Count}).");
            }
            text.Append(Characters[(int)number].ToString());
        }
        return text.ToString();
    }
}
