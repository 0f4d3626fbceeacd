namespace NeuralNet.Testing;

/// <summary>The dtypes that an operation computes in.</summary>
public enum Accepts
{
    /// <summary>Float32 and Float64.</summary>
    Floating,

    /// <summary>Those, Int32, Int64 and UInt8.</summary>
    Numeric,

    /// <summary>Those and Bool.</summary>
    NumericOrBool,

    /// <summary>Every dtype, the storage dtypes too.</summary>
    Any,
}
