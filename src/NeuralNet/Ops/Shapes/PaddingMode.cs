namespace NeuralNet;

/// <summary>What stands around a tensor that is padded.</summary>
public enum PaddingMode
{
    /// <summary>A constant: <c>0 0 | a b c | 0 0</c>.</summary>
    Constant,

    /// <summary>The elements mirrored at the outermost one, which is not repeated: <c>c b | a b c | b a</c>.</summary>
    Reflect,

    /// <summary>The outermost element: <c>a a | a b c | c c</c>.</summary>
    Replicate,

    /// <summary>The elements of the other end: <c>b c | a b c | a b</c>.</summary>
    Circular,
}
