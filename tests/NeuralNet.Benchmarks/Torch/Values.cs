using TorchSharp;

namespace NeuralNet.Benchmarks.Torch;

/// <summary>The same numbers for both sides.</summary>
internal static class Values
{
    /// <summary>Draws from [low, high).</summary>
    public static float[] Uniform(long count, float low, float high, int seed)
    {
        Random random = new(seed);
        float[] values = new float[count];
        for (int i = 0; i < values.Length; i++)
            values[i] = low + (high - low) * random.NextSingle();
        return values;
    }

    /// <summary>Draws whole numbers from [0, classes).</summary>
    public static long[] Classes(long count, long classes, int seed)
    {
        Random random = new(seed);
        long[] values = new long[count];
        for (int i = 0; i < values.Length; i++)
            values[i] = random.NextInt64(classes);
        return values;
    }

    /// <summary>A copy of libtorch's, which belongs to no scope of TorchSharp's.</summary>
    public static torch.Tensor ToTorch<T>(T[] values, long[] sizes)
        where T : unmanaged
    {
        using torch.Tensor flat = values switch
        {
            float[] singles => torch.tensor(singles, dtype: torch.ScalarType.Float32, device: torch.CPU, requires_grad: false),
            long[] integers => torch.tensor(integers, dtype: torch.ScalarType.Int64, device: torch.CPU, requires_grad: false),
            _ => throw new NotSupportedException(typeof(T).Name),
        };
        using torch.Tensor shaped = flat.reshape(sizes);
        return shaped.clone().DetachFromDisposeScope();
    }

    /// <summary>A copy of libtorch's of a tensor.</summary>
    public static torch.Tensor ToTorch(Tensor tensor) => ToTorch(tensor.ToArray<float>(), tensor.Shape.ToArray());

    public static float[] ToArray(torch.Tensor tensor)
    {
        using torch.Tensor detached = tensor.detach();
        using torch.Tensor dense = detached.contiguous();
        return dense.data<float>().ToArray();
    }
}
