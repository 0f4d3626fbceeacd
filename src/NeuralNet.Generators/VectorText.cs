namespace NeuralNet.Generators;

/// <summary>How one kind of vector is written in C#; a vector of 0 bits is a single number.</summary>
internal sealed class VectorText(int bits, string element)
{
    private readonly string _class = $"Vector{bits}";

    private bool IsScalar => bits == 0;

    public int Bits => bits;

    public string Element => element;

    public int ElementBytes => element == "float" ? 4 : 8;

    public string Type => IsScalar ? element : $"{_class}<{element}>";

    /// <summary>The number of elements.</summary>
    public int Count => IsScalar ? 1 : bits / (8 * ElementBytes);

    public int Bytes => Count * ElementBytes;

    public string Name => (IsScalar ? "Scalar" : _class) + (element == "float" ? "Single" : "Double");

    public string Load(string pointer) => IsScalar ? $"*({pointer})" : $"{_class}.Load({pointer})";

    public string Store(string vector, string pointer) => IsScalar ? $"*({pointer}) = {vector};" : $"{vector}.Store({pointer});";

    public string Repeat(string value) => IsScalar ? value : $"{_class}.Create({value})";

    public string MultiplyAdd(string a, string b, string c) => $"{(IsScalar ? element : _class)}.MultiplyAddEstimate({a}, {b}, {c})";

    /// <summary>Negative elements become 0, NaN stays: x ≤ 0 ? 0 : x.</summary>
    public string Relu(string x) =>
        IsScalar ? $"{x} <= 0 ? 0 : {x}" : $"{_class}.ConditionalSelect({_class}.LessThanOrEqual({x}, {Type}.Zero), {Type}.Zero, {x})";
}
