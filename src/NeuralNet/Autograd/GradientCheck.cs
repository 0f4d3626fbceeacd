namespace NeuralNet;

/// <summary>
/// Compares gradients from automatic differentiation with central differences, to check operations and layers of your own. Use
/// <see cref="DType.Float64"/>: the differences of floats are too coarse.
/// </summary>
/// <remarks>
/// Along each coordinate of an input, (f(x + ε) − f(x − ε))/2ε is compared with the gradient. The result of f is made a scalar by fixed
/// weights, so that every element counts. Keep away from kinks: at x = 0 the difference of |x| is 0.
/// </remarks>
/// <example><code>GradientCheck.Verify(x =&gt; x[0].Tanh(), [Tensor.Randn([3, 4], DType.Float64)]);</code></example>
public static class GradientCheck
{
    /// <summary>Checks a function of several tensors.</summary>
    /// <param name="function">The function, which must give the same result each time.</param>
    /// <param name="inputs">Where to check; the Float64 ones are differentiated.</param>
    /// <param name="order">1 checks the gradient, 2 also the gradient of the gradient.</param>
    /// <param name="step">ε.</param>
    /// <param name="tolerance">The largest error allowed, relative to 1 + |difference|.</param>
    /// <exception cref="GradientCheckException">A gradient differs by more.</exception>
    /// <exception cref="DTypeException">No input is of Float64.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The order is neither 1 nor 2.</exception>
    public static void Verify(
        Func<IReadOnlyList<Tensor>, Tensor> function, IReadOnlyList<Tensor> inputs, int order = 1, double step = 1e-5, double tolerance = 1e-6)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(inputs);
        if (order is not (1 or 2))
            throw new ArgumentOutOfRangeException(nameof(order), order, $"GradientCheck: gradients of order {order} are not checked. "
                + "Give 1, or 2 for the gradient's gradient too.");
        if (!inputs.Any(input => input.DType == DType.Float64))
            throw new DTypeException("GradientCheck: no input of Float64. Use Cast(DType.Float64) on what is to be differentiated.");
        using (Autograd.EnableGrad())
        {
            Compare("gradient", xs => Weighted(function(xs), seed: 0.3), inputs, step, tolerance);
            if (order == 2)
                Compare("second gradient", xs => GradientOf(function, xs), inputs, step, tolerance);
        }
    }

    /// <summary>A scalar made of the first gradients, recorded, so that it can be differentiated again.</summary>
    private static Tensor GradientOf(Func<IReadOnlyList<Tensor>, Tensor> function, IReadOnlyList<Tensor> inputs)
    {
        // Where an input needs no gradient in this call, one is still needed to differentiate at all.
        Tensor[] xs = [.. inputs.Select(x => x.DType == DType.Float64 && !x.RequiresGrad ? x.Detach().RequireGrad() : x)];
        Tensor[] targets = [.. xs.Where(x => x.DType == DType.Float64)];
        Tensor y = Weighted(function(xs), seed: 0.3);
        if (!y.RequiresGrad)
            return Tensor.Zeros(default, DType.Float64, y.Device);
        Tensor[] gradients = Gradients.Of(y, targets, createGraph: true);
        Tensor sum = Weighted(gradients[0], seed: 0.7);
        for (int i = 1; i < gradients.Length; i++)
            sum += Weighted(gradients[i], seed: 0.7 + i);
        return sum;
    }

    private static void Compare(
        string what, Func<IReadOnlyList<Tensor>, Tensor> scalar, IReadOnlyList<Tensor> inputs, double step, double tolerance)
    {
        Tensor[] leaves = [.. inputs.Select(x => x.DType == DType.Float64 ? x.Detach().RequireGrad() : x.Detach())];
        Tensor[] targets = [.. leaves.Where(x => x.RequiresGrad)];
        Tensor y = scalar(leaves);
        Tensor[] gradients = y.RequiresGrad ? Gradients.Of(y, targets) : [.. targets.Select(Tensor.ZerosLike)];
        for (int i = 0, target = 0; i < inputs.Count; i++)
        {
            if (inputs[i].DType != DType.Float64)
                continue;
            double[] gradient = gradients[target++].ToArray<double>();
            for (int element = 0; element < gradient.Length; element++)
            {
                double difference = (Shifted(scalar, inputs, i, element, step) - Shifted(scalar, inputs, i, element, -step)) / (2 * step);
                double error = Math.Abs(gradient[element] - difference);
                if (!(error <= tolerance * (1 + Math.Abs(difference))))
                {
                    throw new GradientCheckException(
                        $"GradientCheck: the {what} of input {i} of {inputs[i].Shape} at element {element} is {gradient[element]:G9}, "
                            + $"the central difference {difference:G9} (error {error:G3}, tolerance {tolerance:G3}). Look at the "
                            + "backward step, or move the input away from a kink.");
                }
            }
        }
    }

    private static double Shifted(Func<IReadOnlyList<Tensor>, Tensor> scalar, IReadOnlyList<Tensor> inputs, int input, int element, double shift)
    {
        Tensor[] shifted = [.. inputs.Select(x => x.Detach())];
        double[] values = shifted[input].ToArray<double>();
        values[element] += shift;
        // The layout stays, so that strided inputs are checked as such.
        shifted[input] = shifted[input].Clone();
        using (Autograd.NoGrad())
            shifted[input].CopyFrom(Tensor.From(values, shifted[input].Shape, shifted[input].Device));
        return scalar(shifted).Item<double>();
    }

    /// <summary>Σ wᵢ·yᵢ with fixed irregular weights.</summary>
    private static Tensor Weighted(Tensor y, double seed)
    {
        double[] weights = new double[y.Length];
        for (int i = 0; i < weights.Length; i++)
            weights[i] = Math.Sin(seed + 1.7 * i) + 1.3;
        return (y * Tensor.From(weights, y.Shape, y.Device)).Sum();
    }
}
