namespace NeuralNet;

/// <summary>The type of a tensor's elements.</summary>
public enum DType
{
    /// <summary>32-bit IEEE floating point (<see cref="float"/>), the default.</summary>
    Float32,

    /// <summary>64-bit IEEE floating point (<see cref="double"/>).</summary>
    Float64,

    /// <summary>32-bit signed integer (<see cref="int"/>).</summary>
    Int32,

    /// <summary>64-bit signed integer (<see cref="long"/>), the type of indices.</summary>
    Int64,

    /// <summary>A truth value (<see cref="bool"/>), one byte, 0 or 1; the type of masks.</summary>
    Bool,

    /// <summary>8-bit unsigned integer (<see cref="byte"/>).</summary>
    UInt8,

    /// <summary>16-bit IEEE floating point (<see cref="Half"/>); storage only: cast to compute.</summary>
    Float16,

    /// <summary>16-bit brain floating point (<see cref="NeuralNet.BFloat16"/>); storage only: cast to compute.</summary>
    BFloat16,
}
