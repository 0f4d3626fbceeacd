namespace NeuralNet.Memory;

/// <summary>The storage of a tensor without data.</summary>
internal sealed class MetaStorage : Storage
{
    public override long ByteLength => 0;

    protected override void Release()
    {
    }
}
