using System.IO.MemoryMappedFiles;

namespace NeuralNet.Datasets;

/// <summary>An array in an npy file that is mapped into memory: the system loads what is asked for, and forgets it under pressure.</summary>
/// <remarks>
/// Every reading method gives a tensor of its own, which stays valid after the array was disposed of; several threads may read at once. The
/// file must not be made shorter while it is mapped.
/// </remarks>
public sealed class MappedArray : IDisposable
{
    private readonly string _path;
    private readonly NpyHeader _header;
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;

    private MappedArray(string path, NpyHeader header, MemoryMappedFile file)
    {
        _path = path;
        _header = header;
        _file = file;
        _view = file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        Shape = header.Shape;
    }

    /// <summary>Gets the shape of the array.</summary>
    public Shape Shape { get; }

    /// <summary>Gets the dtype of the tensors that are read from it.</summary>
    public DType DType => _header.Element.DType!.Value;

    /// <summary>Gets the number of rows: the size of the first axis.</summary>
    /// <exception cref="ShapeException">The array has no axes.</exception>
    public long RowCount => Shape.Rank > 0
        ? Shape[0]
        : throw new ShapeException($"{_path}: an array without axes has no rows. Use Read.");

    /// <summary>Reads a range of rows: <c>array[..100]</c>.</summary>
    /// <returns>A tensor whose first axis counts the rows.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The range goes beyond the rows.</exception>
    /// <exception cref="ObjectDisposedException">The array was disposed of.</exception>
    public Tensor this[Range rows]
    {
        get
        {
            long first = Position(rows.Start);
            long end = Position(rows.End);
            if (first < 0 || end > RowCount || first > end)
                throw new ArgumentOutOfRangeException(nameof(rows), rows, $"{_path}: rows {rows} of {RowCount}. Stay within them.");
            return ReadRows(end - first, first * RowLength, ReadBytes);
        }
    }

    /// <summary>Reads the whole array.</summary>
    /// <exception cref="CorruptFileException">An array of truth values has others than 0 and 1.</exception>
    /// <exception cref="ObjectDisposedException">The array was disposed of.</exception>
    public Tensor Read() => NpyReader.ReadElements(_path, _header, Shape, start: 0, ReadBytes);

    /// <summary>Reads some rows.</summary>
    /// <param name="rows">The numbers of the rows, in any order, repeated or not.</param>
    /// <returns>A tensor whose first axis counts them.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    /// <exception cref="ObjectDisposedException">The array was disposed of.</exception>
    public Tensor Rows(params ReadOnlySpan<long> rows)
    {
        foreach (long row in rows)
        {
            if (row < 0 || row >= RowCount)
                throw new ArgumentOutOfRangeException(nameof(rows), row, $"{_path}: row {row} of {RowCount}. Stay within [0, {RowCount}).");
        }
        long[] chosen = rows.ToArray();
        long rowBytes = RowLength * _header.Element.Size;
        return ReadRows(chosen.Length, start: 0, (offset, bytes) =>
        {
            // The reader goes through the result; each stretch of it comes from the row that stands there.
            for (long position = offset - _header.DataOffset; !bytes.IsEmpty;)
            {
                (long row, long within) = Math.DivRem(position, rowBytes);
                int length = (int)Math.Min(bytes.Length, rowBytes - within);
                ReadBytes(_header.DataOffset + chosen[row] * rowBytes + within, bytes[..length]);
                bytes = bytes[length..];
                position += length;
            }
        });
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        _view.Dispose();
        _file.Dispose();
    }

    internal static MappedArray Open(string path)
    {
        FileStream stream = File.OpenRead(path);
        MemoryMappedFile? file = null;
        try
        {
            NpyHeader header = NpyHeader.Read(path, stream, stream.Length);
            if (header is { IsFortranOrder: true, Sizes.Length: > 1 })
            {
                throw new NotSupportedException($"{path}: the array of {header.Shape} is in Fortran order, where rows do not lie together. "
                    + "Use NpyFile.Read, or save it with numpy.ascontiguousarray.");
            }
            file = MemoryMappedFile.CreateFromFile(stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
            return new(path, header, file);
        }
        catch
        {
            file?.Dispose();
            stream.Dispose();
            throw;
        }
    }

    private long RowLength => Shape.Skip(1).Aggregate(1L, (product, size) => product * size);

    private Tensor ReadRows(long count, long start, Action<long, Span<byte>> read) =>
        NpyReader.ReadElements(_path, _header, [count, .. Shape.Skip(1)], start, read);

    private long Position(Index index) => index.IsFromEnd ? RowCount - index.Value : index.Value;

    private void ReadBytes(long offset, Span<byte> destination)
    {
        ObjectDisposedException.ThrowIf(_view.SafeMemoryMappedViewHandle.IsClosed, this);
        _view.SafeMemoryMappedViewHandle.ReadSpan((ulong)(_view.PointerOffset + offset), destination);
    }
}
