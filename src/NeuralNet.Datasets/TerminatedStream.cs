namespace NeuralNet.Datasets;

/// <summary>
/// A stream of gzip data with an empty gzip member behind it. .NET's decoder takes data that break off for data that end; with more bytes
/// behind the break, it takes those for the missing checksum and finds them wrong. Behind complete data, the empty member adds nothing.
/// </summary>
internal sealed class TerminatedStream(Stream stream) : Stream
{
    private static readonly byte[] s_emptyMember =
        [0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0xFF, 0x03, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00];

    private int _terminatorRead;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        int count = stream.Read(buffer);
        if (count > 0)
            return count;
        ReadOnlySpan<byte> rest = s_emptyMember.AsSpan(_terminatorRead);
        rest = rest[..Math.Min(rest.Length, buffer.Length)];
        rest.CopyTo(buffer);
        _terminatorRead += rest.Length;
        return rest.Length;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            stream.Dispose();
        base.Dispose(disposing);
    }
}
