namespace NeuralNet.Memory;

/// <summary>
/// A region of library code whose tensors nobody else sees: when it ends, all that were made on this thread are ended, but for those that
/// it hands out. Regions nest as a stack, without allocation. No code of the user runs inside one: it would lose its tensors.
/// </summary>
internal readonly ref struct Temporaries
{
    [ThreadStatic]
    private static Tensor[]? t_tensors;

    [ThreadStatic]
    private static int t_count;

    [ThreadStatic]
    private static int t_depth;

    private readonly int _start;

    private Temporaries(int start) => _start = start;

    /// <summary>Whether a region is open on this thread.</summary>
    public static bool AreCollected => t_depth > 0;

    /// <summary>Opens a region.</summary>
    public static Temporaries Begin()
    {
        t_depth++;
        return new(t_count);
    }

    public static bool TryRegister(Tensor tensor)
    {
        if (t_depth == 0)
            return false;
        Tensor[] tensors = t_tensors ??= new Tensor[64];
        if (t_count == tensors.Length)
        {
            Array.Resize(ref tensors, 2 * tensors.Length);
            t_tensors = tensors;
        }
        tensors[t_count++] = tensor;
        return true;
    }

    /// <summary>Ends the region's tensors except the results, which go to the enclosing region or scope.</summary>
    public void End(params ReadOnlySpan<Tensor?> results)
    {
        int count = t_count;
        t_count = _start;
        t_depth--;
        for (int i = _start; i < count; i++)
        {
            Tensor tensor = t_tensors![i];
            t_tensors[i] = null!;
            if (tensor.IsPersistent)
                continue;
            if (IsResult(tensor, results))
                TensorScope.Register(tensor);
            else
                tensor.End();
        }
    }

    private static bool IsResult(Tensor tensor, ReadOnlySpan<Tensor?> results)
    {
        foreach (Tensor? result in results)
        {
            if (ReferenceEquals(result, tensor))
                return true;
        }
        return false;
    }
}
