using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Backends.Cpu.Distributions;

namespace NeuralNet.Backends.Cpu;

internal sealed unsafe partial class CpuBackend
{
    /// <summary>The elements of a chunk of work: whole blocks in every distribution.</summary>
    private const int DrawChunk = 1 << 14;

    /// <summary>The blocks whose words are made at a time: 4 KB, which stay in the first cache.</summary>
    private const int DrawBatch = 256;

    /// <summary>Whether distributions use vectors, which have forms of 256 bits.</summary>
    private bool IsVectorized => _instructionSet >= InstructionSet.Avx2;

    public void Uniform<T>(ulong key, ulong counter, T low, T high, View<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (Constants<T>.IsFloat)
            Draw(new UniformSingleMap(Single(low), Single(high), IsVectorized), key, counter, As<T, float>(y));
        else
            Draw(new UniformDoubleMap(Double(low), Double(high)), key, counter, As<T, double>(y));
    }

    public void Normal<T>(ulong key, ulong counter, T mean, T deviation, View<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (Constants<T>.IsFloat)
            Draw(new NormalSingleMap(Single(mean), Single(deviation), IsVectorized), key, counter, As<T, float>(y));
        else
            Draw(new NormalDoubleMap(Double(mean), Double(deviation)), key, counter, As<T, double>(y));
    }

    public void Bernoulli(ulong key, ulong counter, double probability, View<byte> y) =>
        Draw(new BernoulliMap(probability, IsVectorized), key, counter, y);

    public void Integers(ulong key, ulong counter, long low, long high, View<long> y) => Draw(new IntegerMap(low, high), key, counter, y);

    private void Draw<T, TMap>(TMap map, ulong key, ulong counter, View<T> y)
        where T : unmanaged
        where TMap : unmanaged, IWordMap<T>
    {
        long length = y.Layout.Length;
        if (length == 0)
            return;
        fixed (T* start = &y.Reference())
        {
            DrawContext<T, TMap> context = new(map, _instructionSet, key, counter, start, length);
            _workers.Run(&DrawContext<T, TMap>.RunChunk, &context, (int)((length + DrawChunk - 1) / DrawChunk));
        }
    }

    private static float Single<T>(T value) where T : unmanaged => Unsafe.BitCast<T, float>(value);

    private static double Double<T>(T value) where T : unmanaged => Unsafe.BitCast<T, double>(value);

    private static View<TTo> As<T, TTo>(View<T> y)
        where T : unmanaged
        where TTo : unmanaged => new(y.Storage, y.Layout);

    private readonly struct DrawContext<T, TMap>(TMap map, InstructionSet instructionSet, ulong key, ulong counter, T* y, long length)
        where T : unmanaged
        where TMap : unmanaged, IWordMap<T>
    {
        private readonly TMap _map = map;
        private readonly InstructionSet _instructionSet = instructionSet;
        private readonly ulong _key = key;
        private readonly ulong _counter = counter;
        private readonly T* _y = y;
        private readonly long _length = length;

        public static void RunChunk(void* context, int chunk)
        {
            DrawContext<T, TMap>* self = (DrawContext<T, TMap>*)context;
            long first = (long)chunk * DrawChunk;
            self->Run(first, Math.Min(DrawChunk, self->_length - first));
        }

        [SkipLocalsInit]
        private void Run(long first, long count)
        {
            uint* words = stackalloc uint[DrawBatch * RandomBits.WordsPerBlock];
            int perBatch = DrawBatch * TMap.PerBlock;
            for (long i = 0; i < count; i += perBatch)
            {
                int batch = (int)Math.Min(perBatch, count - i);
                ulong counter = _counter + (ulong)(first + i) / (ulong)TMap.PerBlock;
                PhiloxWords.Fill(_instructionSet, _key, counter, words, (batch + TMap.PerBlock - 1) / TMap.PerBlock);
                _map.Invoke(words, _y + first + i, batch);
            }
        }
    }
}
