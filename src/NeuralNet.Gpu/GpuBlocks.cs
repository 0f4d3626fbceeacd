using ILGPU.Runtime;
using NeuralNet.Memory;

namespace NeuralNet.Backends.Gpu;

/// <summary>
/// The buffers of a device, under numbers. They are held here until they are given back, so that no finalizer of theirs ever runs.
/// </summary>
/// <param name="accelerator">The device.</param>
/// <param name="gate">The device's lock.</param>
/// <param name="releaseUnreachable">Lets go of captured steps that nobody holds.</param>
internal sealed class GpuBlocks(Accelerator accelerator, Lock gate, Action releaseUnreachable) : IBlockSource
{
    private readonly List<MemoryBuffer?> _buffers = [null];
    private readonly Stack<int> _free = [];

    public MemoryBuffer this[nint block]
    {
        get
        {
            lock (gate)
                return _buffers[(int)block]!;
        }
    }

    public nint Allocate(long byteLength)
    {
        lock (gate)
        {
            MemoryBuffer buffer;
            try
            {
                accelerator.Bind();
                buffer = accelerator.Allocate1D<byte>(byteLength);
            }
            catch (AcceleratorException exception)
            {
                throw new OutOfMemoryException($"{byteLength} bytes of device memory cannot be had: {exception.Message}", exception);
            }
            if (!_free.TryPop(out int number))
            {
                number = _buffers.Count;
                _buffers.Add(null);
            }
            _buffers[number] = buffer;
            return number;
        }
    }

    public void ReleaseUnreachable() => releaseUnreachable();

    public void Free(nint block)
    {
        lock (gate)
        {
            MemoryBuffer buffer = _buffers[(int)block]!;
            _buffers[(int)block] = null;
            _free.Push((int)block);
            accelerator.Bind();
            buffer.Dispose();
        }
    }

    /// <summary>Gives all blocks back, also those in use: when the device is closed.</summary>
    public void FreeAll()
    {
        lock (gate)
        {
            for (int block = 1; block < _buffers.Count; block++)
            {
                if (_buffers[block] is not null)
                    Free(block);
            }
        }
    }
}
