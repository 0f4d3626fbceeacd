using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Backends.Cpu.Normalization;
using NeuralNet.Backends.Cpu.Simd;

namespace NeuralNet.Backends.Cpu;

internal sealed unsafe partial class CpuBackend
{
    public void Moments<T>(View<T> x, in NormalizationShape shape, View<T> statistics)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (shape.Length == 0)
            return;
        fixed (T* px = &x.Reference(), pStatistics = &statistics.Reference())
        {
            NormalizationJob<T> job = JobOf<T>(in shape);
            job.X = px;
            job.Statistics = pStatistics;
            switch (_instructionSet)
            {
                case InstructionSet.Avx512: Normalizer<T, Vector512Simd<T>>.Moments(this, _workers, ref job); break;
                case InstructionSet.Avx2: Normalizer<T, Vector256Simd<T>>.Moments(this, _workers, ref job); break;
                case InstructionSet.Vector128: Normalizer<T, Vector128Simd<T>>.Moments(this, _workers, ref job); break;
                default: Normalizer<T, ScalarSimd<T>>.Moments(this, _workers, ref job); break;
            }
        }
    }

    public void Normalize<T>(View<T> x, View<T> statistics, View<T>? weight, View<T>? bias, in NormalizationShape shape, View<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (shape.Length == 0)
            return;
        fixed (T* px = &x.Reference(), pStatistics = &statistics.Reference(), py = &y.Reference())
        fixed (T* pWeight = &ReferenceOrNull(weight), pBias = &ReferenceOrNull(bias))
        {
            NormalizationJob<T> job = JobOf<T>(in shape);
            job.X = px;
            job.Y = py;
            job.Statistics = pStatistics;
            job.Weight = pWeight;
            job.Bias = pBias;
            switch (_instructionSet)
            {
                case InstructionSet.Avx512: Normalizer<T, Vector512Simd<T>>.Apply(this, _workers, ref job); break;
                case InstructionSet.Avx2: Normalizer<T, Vector256Simd<T>>.Apply(this, _workers, ref job); break;
                case InstructionSet.Vector128: Normalizer<T, Vector128Simd<T>>.Apply(this, _workers, ref job); break;
                default: Normalizer<T, ScalarSimd<T>>.Apply(this, _workers, ref job); break;
            }
        }
    }

    public void NormalizationSums<T>(View<T> dy, View<T> x, View<T> statistics, in NormalizationShape shape, View<T> sums)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (sums.IsEmpty)
            return;
        if (shape.Length == 0)
        {
            Fill(T.Zero, sums);
            return;
        }
        fixed (T* px = &x.Reference(), pdy = &dy.Reference(), pStatistics = &statistics.Reference(), pSums = &sums.Reference())
        {
            NormalizationJob<T> job = JobOf<T>(in shape);
            job.X = px;
            job.Dy = pdy;
            job.Statistics = pStatistics;
            job.Sums = pSums;
            switch (_instructionSet)
            {
                case InstructionSet.Avx512: Normalizer<T, Vector512Simd<T>>.Sums(this, _workers, ref job); break;
                case InstructionSet.Avx2: Normalizer<T, Vector256Simd<T>>.Sums(this, _workers, ref job); break;
                case InstructionSet.Vector128: Normalizer<T, Vector128Simd<T>>.Sums(this, _workers, ref job); break;
                default: Normalizer<T, ScalarSimd<T>>.Sums(this, _workers, ref job); break;
            }
        }
    }

    public void NormalizationGradient<T>(
        View<T> dy, View<T> x, View<T> statistics, View<T>? weight, View<T> sums, in NormalizationShape shape, View<T> dx)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (shape.Length == 0)
            return;
        fixed (T* px = &x.Reference(), pdy = &dy.Reference(), pStatistics = &statistics.Reference(), pdx = &dx.Reference())
        fixed (T* pWeight = &ReferenceOrNull(weight), pSums = &sums.Reference())
        {
            NormalizationJob<T> job = JobOf<T>(in shape);
            job.X = px;
            job.Dy = pdy;
            job.Y = pdx;
            job.Statistics = pStatistics;
            job.Weight = pWeight;
            job.Sums = pSums;
            switch (_instructionSet)
            {
                case InstructionSet.Avx512: Normalizer<T, Vector512Simd<T>>.Gradient(this, _workers, ref job); break;
                case InstructionSet.Avx2: Normalizer<T, Vector256Simd<T>>.Gradient(this, _workers, ref job); break;
                case InstructionSet.Vector128: Normalizer<T, Vector128Simd<T>>.Gradient(this, _workers, ref job); break;
                default: Normalizer<T, ScalarSimd<T>>.Gradient(this, _workers, ref job); break;
            }
        }
    }

    private static NormalizationJob<T> JobOf<T>(in NormalizationShape shape)
        where T : unmanaged => new()
        {
            Sets = (nint)shape.Sets,
            Rows = (nint)shape.Rows,
            Columns = (nint)shape.Columns,
            Groups = (nint)shape.Groups,
            Epsilon = shape.Epsilon,
            IsCentered = shape.IsCentered,
        };

    private static ref T ReferenceOrNull<T>(View<T>? view)
        where T : unmanaged
    {
        if (view is { } given)
            return ref given.Reference();
        return ref Unsafe.NullRef<T>();
    }
}
