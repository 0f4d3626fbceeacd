namespace NeuralNet.Memory;

/// <summary>The kernels that keep packed copies.</summary>
internal enum PackedKind
{
    /// <summary>None: the copy is used once.</summary>
    None,

    /// <summary>Weights of a direct convolution.</summary>
    Convolution,

    /// <summary>Weights transformed by Winograd's algorithm.</summary>
    Winograd,
}
