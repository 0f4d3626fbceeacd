using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using NeuralNet.Backends;
using NeuralNet.Backends.Gpu.Kernels;

namespace NeuralNet.Gpu.Tests;

/// <summary>
/// One small launch of each family of kernels on ILGPU's simulator, whose threads of a group are threads of the system: slow, but real
/// barriers.
/// </summary>
public sealed class KernelSmokeTests : IDisposable
{
    private static readonly KernelConfig s_launch = new(2, ReductionKernels.GroupSize);

    private readonly Context _context;
    private readonly Accelerator _accelerator;

    public KernelSmokeTests()
    {
        CPUDevice device = new(32, ReductionKernels.GroupSize / 32, 1);
        _context = Context.Create(builder => builder.CPU(device));
        _accelerator = device.CreateCPUAccelerator(_context);
    }

    [Fact]
    public void Unary_TransposedInput_AppliesOperatorInLogicalOrder()
    {
        using MemoryBuffer1D<float, Stride1D.Dense> x = _accelerator.Allocate1D([-1f, 2, -3, 4, -5, 6]);
        using MemoryBuffer1D<float, Stride1D.Dense> y = _accelerator.Allocate1D<float>(6);
        var kernel = _accelerator.LoadStreamKernel<
            SampleOperators.Relu<float>, DeviceShape, ArrayView<float>, DeviceStrides, ArrayView<float>, DeviceStrides>(
            ElementwiseKernels.Unary);

        kernel(
            s_launch, default, DeviceShape.Create([3, 2]),
            x.View, DeviceStrides.Create([1, 3], 0), y.View, DeviceStrides.Create([2, 1], 0));
        _accelerator.Synchronize();

        y.GetAsArray1D().Should().Equal(0, 4, 2, 0, 0, 6);
    }

    [Fact]
    public void Locate_EightAxes_GivesEveryIndex()
    {
        long[] sizes = [2, 1, 3, 2, 2, 3, 2, 2];
        DeviceShape shape = DeviceShape.Create(sizes);
        DeviceStrides strides = DeviceStrides.Create(Layout.Contiguous(sizes).Strides, 7);
        for (long i = 0; i < shape.Length; i++)
            strides.At(shape.Locate(i)).Should().Be(7 + i);
    }

    [Fact]
    public void ReduceByGroup_ThreePartsOfTwoResults_GivesTheSums()
    {
        const int Length = 1000;
        using MemoryBuffer1D<float, Stride1D.Dense> x = _accelerator.Allocate1D([.. Enumerable.Range(0, 2 * Length).Select(i => (float)i)]);
        using MemoryBuffer1D<float, Stride1D.Dense> partials = _accelerator.Allocate1D<float>(6);
        using MemoryBuffer1D<float, Stride1D.Dense> y = _accelerator.Allocate1D<float>(2);
        var reduce = _accelerator.LoadStreamKernel<
            SampleOperators.Sum<float>, DeviceShape, DeviceShape, long, long,
            ArrayView<float>, DeviceStrides, DeviceStrides, ArrayView<float>>(
            ReductionKernels.ReduceByGroup<float, float, SampleOperators.Sum<float>>);
        var combine = _accelerator.LoadStreamKernel<
            SampleOperators.Sum<float>, DeviceShape, long, ArrayView<float>, ArrayView<float>, DeviceStrides>(
            ReductionKernels.CombinePartials<float, float, SampleOperators.Sum<float>>);
        DeviceShape kept = DeviceShape.Create([2]);

        reduce(
            s_launch, default, kept, DeviceShape.Create([Length]), 3, 400,
            x.View, DeviceStrides.Create([Length], 0), DeviceStrides.Create([1], 0), partials.View);
        combine(s_launch, default, kept, 3, partials.View, y.View, DeviceStrides.Create([1], 0));
        _accelerator.Synchronize();

        y.GetAsArray1D().Should().Equal(499_500, 1_499_500);
    }

    [Fact]
    public void ArgReduce_EqualMaxima_GivesTheFirst()
    {
        float[] values = new float[600];
        values[299] = values[300] = values[599] = 1;
        using MemoryBuffer1D<float, Stride1D.Dense> x = _accelerator.Allocate1D(values);
        using MemoryBuffer1D<long, Stride1D.Dense> y = _accelerator.Allocate1D<long>(1);
        var kernel = _accelerator.LoadStreamKernel<
            SampleOperators.Greater<float>, DeviceShape, long, ArrayView<float>, DeviceStrides, long, ArrayView<long>, DeviceStrides>(
            ReductionKernels.ArgReduce);

        kernel(s_launch, default, DeviceShape.Create([]), values.Length, x.View, default, 1, y.View, default);
        _accelerator.Synchronize();

        y.GetAsArray1D().Should().Equal(299);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void MatMul_BatchWithEpilogue_EqualsThePlainLoop(bool isTransposed)
    {
        const int Batch = 2, M = 70, N = 5, K = 19;
        Random random = new(1);
        float[] a = Numbers(random, Batch * M * K);
        float[] b = Numbers(random, K * N);
        float[] bias = Numbers(random, N);
        float[] c = Numbers(random, Batch * M * N);
        float[] expected = new float[c.Length];
        for (int i = 0; i < expected.Length; i++)
        {
            float sum = c[i] + bias[i % N];
            for (int k = 0; k < K; k++)
            {
                int aIndex = i / (M * N) * M * K + (isTransposed ? k * M + i / N % M : i / N % M * K + k);
                int bIndex = isTransposed ? i % N * K + k : k * N + i % N;
                sum += a[aIndex] * b[bIndex];
            }
            expected[i] = Math.Max(0, sum);
        }
        using MemoryBuffer1D<float, Stride1D.Dense> aBuffer = _accelerator.Allocate1D(a);
        using MemoryBuffer1D<float, Stride1D.Dense> bBuffer = _accelerator.Allocate1D(b);
        using MemoryBuffer1D<float, Stride1D.Dense> biasBuffer = _accelerator.Allocate1D(bias);
        using MemoryBuffer1D<float, Stride1D.Dense> cBuffer = _accelerator.Allocate1D(c);
        MatMulArguments arguments = new()
        {
            M = M,
            N = N,
            K = K,
            ARowStride = isTransposed ? 1 : K,
            AColumnStride = isTransposed ? M : 1,
            BRowStride = isTransposed ? 1 : N,
            BColumnStride = isTransposed ? K : 1,
            CRowStride = N,
            BiasStride = 1,
            Accumulate = 1,
            HasBias = 1,
            Activation = (int)FusedActivation.Relu,
        };
        var kernel = _accelerator.LoadStreamKernel<
            MatMulArguments, DeviceShape, ArrayView<float>, DeviceStrides, ArrayView<float>, DeviceStrides,
            ArrayView<float>, ArrayView<float>, DeviceStrides>(
            LinearAlgebraKernels.MatMul);

        kernel(
            s_launch, arguments, DeviceShape.Create([Batch]),
            aBuffer.View, DeviceStrides.Create([M * K], 0), bBuffer.View, DeviceStrides.Create([0], 0),
            biasBuffer.View, cBuffer.View, DeviceStrides.Create([M * N], 0));
        _accelerator.Synchronize();

        float[] actual = cBuffer.GetAsArray1D();
        actual.Zip(expected, (x, y) => Math.Abs(x - y)).Max().Should().BeLessThan(1e-5f);
    }

    public void Dispose()
    {
        _accelerator.Dispose();
        _context.Dispose();
    }

    private static float[] Numbers(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5f)];
}
