namespace NeuralNet;

/// <summary>A snapshot of a device's tensor memory.</summary>
/// <param name="LiveBytes">Bytes in blocks that tensors hold, as rounded up to the pool's size classes.</param>
/// <param name="CachedBytes">Bytes in free blocks that the pool keeps for reuse.</param>
/// <param name="Allocations">How many blocks were ever taken from the operating system; constant in the steady state of a training
/// loop.</param>
/// <param name="AllocatedBytes">How many bytes were ever taken from the operating system.</param>
/// <param name="Collections">How often the pool asked the garbage collector to find unreachable tensors.</param>
public readonly record struct MemoryStatistics(long LiveBytes, long CachedBytes, long Allocations, long AllocatedBytes, long Collections);
