using System.Runtime.CompilerServices;

namespace NeuralNet.Backends.Cpu.Loops;

/// <summary>Where a vector loop reads an operand: from consecutive elements, or always the same one.</summary>
internal unsafe interface IVectorSource<TSelf, T, TVector>
    where TSelf : struct, IVectorSource<TSelf, T, TVector>
    where T : unmanaged
    where TVector : struct, ISimd<TVector, T>
{
    static abstract TSelf Create(T* start);

    TVector Load(nint index);

    T this[nint index] { get; }
}

internal readonly unsafe struct Consecutive<T, TVector>(T* start) : IVectorSource<Consecutive<T, TVector>, T, TVector>
    where T : unmanaged
    where TVector : struct, ISimd<TVector, T>
{
    public T this[nint index] => start[index];

    public static Consecutive<T, TVector> Create(T* start) => new(start);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Load(nint index) => TVector.Load(start + index);
}

internal readonly unsafe struct Repeated<T, TVector>(T value) : IVectorSource<Repeated<T, TVector>, T, TVector>
    where T : unmanaged
    where TVector : struct, ISimd<TVector, T>
{
    private readonly TVector _vector = TVector.Create(value);

    public T this[nint index] => value;

    public static Repeated<T, TVector> Create(T* start) => new(*start);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Load(nint index) => _vector;
}
