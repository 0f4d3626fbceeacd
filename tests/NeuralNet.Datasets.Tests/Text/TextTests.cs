using System.Text;
using NeuralNet.Testing;

namespace NeuralNet.Datasets.Tests;

public class TextTests
{
    public static TheoryData<string> Encodings => ["utf-8", "utf-16", "utf-16BE", "utf-32", "utf-32BE"];

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Read_ByteOrderMark_TellsTheEncoding(string name)
    {
        Encoding encoding = Encoding.GetEncoding(name);
        using TemporaryFolder folder = new();
        string path = folder.Write("x.txt", [.. encoding.GetPreamble(), .. encoding.GetBytes("añb\n𝄞")]);
        TextFile.Read(path).Should().Be("añb\n𝄞");
        TextFile.ReadLines(path).Should().Equal("añb", "𝄞");
    }

    [Fact]
    public void Read_NoMark_IsUtf8()
    {
        using TemporaryFolder folder = new();
        TextFile.Read(folder.Write("x.txt", "añb"u8)).Should().Be("añb");
        TextFile.Read(folder.Write("x.txt", [])).Should().BeEmpty();
    }

    [Fact]
    public void Read_BrokenText_SaysWhere()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("x.txt", [0xEF, 0xBB, 0xBF, (byte)'a', (byte)'b', 0xFF, (byte)'c']);
        CorruptFileException exception = ((Action)(() => TextFile.Read(path))).Should().Throw<CorruptFileException>().Which;
        (exception.Offset, exception.Expected, exception.Found).Should().Be((5, "text in utf-8", "the bytes FF"));
    }

    [Fact]
    public void Vocabulary_OfAText_EncodesAndDecodes()
    {
        CharacterVocabulary vocabulary = new("baña𝄞");
        vocabulary.Count.Should().Be(4);
        Tensor numbers = vocabulary.Encode("ab𝄞");
        numbers.DType.Should().Be(DType.Int64);
        numbers.ToArray<long>().Should().Equal(0, 1, 3);
        vocabulary.Decode(numbers).Should().Be("ab𝄞");
        vocabulary.Encode("").Shape.Should().Equal(0);
    }

    [Fact]
    public void Vocabulary_UnknownCharacter_IsNamed()
    {
        CharacterVocabulary vocabulary = new("ab");
        ((Action)(() => vocabulary.Encode("abc"))).Should().Throw<ArgumentException>().WithMessage("CharacterVocabulary: character 2, 'c' (U+0063), is none of the 2*");
        ((Action)(() => vocabulary.Decode(Tensor.From([2L], [1])))).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*2 is none of 2 characters*");
        ((Action)(() => vocabulary.Decode(Tensor.Zeros(2)))).Should().Throw<DTypeException>();
    }
}
