namespace NeuralNet;

/// <summary>Limits gradients between the backward pass and the optimizer's step, so that one bad batch does not throw a training off.</summary>
/// <example>
/// <code>
/// loss.Backward();
/// GradientClipping.ByGlobalNorm(model.Parameters(), 1.0);
/// optimizer.Step();
/// </code>
/// </example>
public static class GradientClipping
{
    /// <summary>Keeps the norm that a gradient is divided by away from 0, as PyTorch does.</summary>
    private const double Epsilon = 1e-6;

    /// <summary>Limits each element of each gradient to [−limit, limit].</summary>
    /// <param name="parameters">The parameters; those without a gradient are left out.</param>
    /// <param name="limit">The largest magnitude.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is negative or NaN.</exception>
    public static void ByValue(IEnumerable<Parameter> parameters, double limit)
    {
        RequireLimit(nameof(ByValue), nameof(limit), limit);
        using Autograd.Mode mode = Autograd.NoGrad();
        foreach (Parameter parameter in WithGradients(parameters))
            parameter.Grad = parameter.Grad!.Clamp(-limit, limit);
    }

    /// <summary>Shortens each gradient by itself to a largest p-norm.</summary>
    /// <param name="parameters">The parameters; those without a gradient are left out.</param>
    /// <param name="maxNorm">The largest norm.</param>
    /// <param name="p">The order of the norm.</param>
    /// <exception cref="ArgumentOutOfRangeException">The largest norm is negative or NaN.</exception>
    public static void ByNorm(IEnumerable<Parameter> parameters, double maxNorm, double p = 2)
    {
        RequireLimit(nameof(ByNorm), nameof(maxNorm), maxNorm);
        using Autograd.Mode mode = Autograd.NoGrad();
        foreach (Parameter parameter in WithGradients(parameters))
            Shorten(parameter, maxNorm / (NormOf(parameter.Grad!, p) + Epsilon));
    }

    /// <summary>Shortens all gradients, seen as one vector, to a largest p-norm; their direction stays.</summary>
    /// <param name="parameters">The parameters; those without a gradient are left out.</param>
    /// <param name="maxNorm">The largest norm.</param>
    /// <param name="p">The order of the norm.</param>
    /// <param name="errorIfNonFinite">Whether a norm that is infinite or NaN is an error; otherwise it makes all gradients 0 or NaN.</param>
    /// <returns>The norm before.</returns>
    /// <remarks>Gradients are multiplied by min(1, max/(norm + 10⁻⁶)). Pascanu, Mikolov and Bengio, "On the difficulty of training recurrent
    /// neural networks", 2013.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The largest norm is negative or NaN.</exception>
    /// <exception cref="InvalidOperationException">The norm is infinite or NaN, and that is an error.</exception>
    public static double ByGlobalNorm(IEnumerable<Parameter> parameters, double maxNorm, double p = 2, bool errorIfNonFinite = false)
    {
        RequireLimit(nameof(ByGlobalNorm), nameof(maxNorm), maxNorm);
        using Autograd.Mode mode = Autograd.NoGrad();
        Parameter[] withGradients = [.. WithGradients(parameters)];
        double[] norms = [.. withGradients.Select(parameter => NormOf(parameter.Grad!, p))];
        double total = norms.Length == 0 ? 0 : NormOf(Tensor.From(norms), p);
        if (errorIfNonFinite && !double.IsFinite(total))
            throw new InvalidOperationException($"GradientClipping: the norm of {norms.Length} gradients is {total}. Look for the operation "
                + "that made it with Autograd.DetectAnomalies().");
        foreach (Parameter parameter in withGradients)
            Shorten(parameter, maxNorm / (total + Epsilon));
        return total;
    }

    private static IEnumerable<Parameter> WithGradients(IEnumerable<Parameter> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return parameters.Distinct().Where(parameter => parameter.Grad is not null);
    }

    private static double NormOf(Tensor x, double p) => x.Norm(p).Cast(DType.Float64).Item<double>();

    private static void Shorten(Parameter parameter, double factor)
    {
        // NaN is no reason to leave the gradient as it is.
        if (!(factor >= 1))
            parameter.Grad = parameter.Grad! * factor;
    }

    private static void RequireLimit(string method, string argument, double value)
    {
        if (!(value >= 0))
            throw new ArgumentOutOfRangeException(argument, value, $"GradientClipping.{method}: {argument} is {value}. Give a number of at "
                + "least 0.");
    }
}
