namespace NeuralNet.Datasets;

/// <summary>The element types of the IDX format, with the codes that stand in its files.</summary>
internal enum IdxType : byte
{
    UnsignedByte = 0x08,
    SignedByte = 0x09,
    Short = 0x0B,
    Int = 0x0C,
    Float = 0x0D,
    Double = 0x0E,
}
