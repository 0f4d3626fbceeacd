namespace NeuralNet.Datasets;

/// <summary>
/// Learns a shift and a scale for each feature, and applies them: y = (x − shift) / scale. Learn them from the examples to train with alone.
/// </summary>
public abstract class Scaler
{
    private Tensor? _shift;
    private Tensor? _scale;

    private protected Scaler()
    {
    }

    /// <summary>Gets what is taken from each feature: [features] of Float64.</summary>
    /// <exception cref="InvalidOperationException">Nothing was learned yet.</exception>
    public Tensor Shift => _shift ?? throw Unfitted();

    /// <summary>Gets what each feature is divided by: [features] of Float64.</summary>
    /// <exception cref="InvalidOperationException">Nothing was learned yet.</exception>
    public Tensor Scale => _scale ?? throw Unfitted();

    /// <summary>Learns shift and scale. Missing values (NaN) do not count.</summary>
    /// <param name="x">The examples, [n, features] of Float32 or Float64.</param>
    /// <exception cref="ShapeException">There are not two axes, or no examples.</exception>
    /// <exception cref="DTypeException">The examples are not of floating point.</exception>
    public void Fit(Tensor x)
    {
        Check(x, nameof(Fit));
        if (x.Shape[0] == 0)
            throw new ShapeException($"{GetType().Name}.Fit: examples of {x.Shape}, none to learn from. Give one at least.");
        using (Autograd.NoGrad())
        {
            (Tensor shift, Tensor scale) = Learn(x.Cast(DType.Float64));
            Set(shift, scale);
        }
    }

    /// <summary>Shifts and scales each feature.</summary>
    /// <param name="x">Examples, [n, features] of Float32 or Float64.</param>
    /// <returns>A tensor of the same shape and dtype.</returns>
    /// <exception cref="ShapeException">The number of features is another.</exception>
    /// <exception cref="DTypeException">The examples are not of floating point.</exception>
    /// <exception cref="InvalidOperationException">Nothing was learned yet.</exception>
    public Tensor Transform(Tensor x)
    {
        CheckFeatures(x, nameof(Transform));
        return ((x.Cast(DType.Float64) - Shift) / Scale).Cast(x.DType);
    }

    /// <summary>Learns shift and scale, and applies them.</summary>
    /// <inheritdoc cref="Fit"/>
    /// <returns>A tensor of the same shape and dtype.</returns>
    public Tensor FitTransform(Tensor x)
    {
        Fit(x);
        return Transform(x);
    }

    /// <summary>Undoes <see cref="Transform"/>.</summary>
    /// <inheritdoc cref="Transform"/>
    public Tensor InverseTransform(Tensor x)
    {
        CheckFeatures(x, nameof(InverseTransform));
        return (x.Cast(DType.Float64) * Scale + Shift).Cast(x.DType);
    }

    /// <summary>Shift and scale, [features] each, of examples [n, features] of Float64, n > 0.</summary>
    private protected abstract (Tensor Shift, Tensor Scale) Learn(Tensor x);

    private protected void Set(Tensor shift, Tensor scale)
    {
        ArgumentNullException.ThrowIfNull(shift);
        ArgumentNullException.ThrowIfNull(scale);
        if (shift.Rank != 1 || shift.Shape != scale.Shape)
            throw new ShapeException($"{GetType().Name}: a shift of {shift.Shape}, a scale of {scale.Shape}. Give both as [features].");
        (_shift, _scale) = (shift.Cast(DType.Float64), scale.Cast(DType.Float64));
    }

    private void CheckFeatures(Tensor x, string where)
    {
        Check(x, where);
        if (x.Shape[1] != Shift.Shape[0])
        {
            throw new ShapeException($"{GetType().Name}.{where}: examples of {x.Shape} have {x.Shape[1]} features on axis 1, learned were "
                + $"{Shift.Shape[0]}. Give the same features as to Fit.");
        }
    }

    private void Check(Tensor x, string where)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Rank != 2)
            throw new ShapeException($"{GetType().Name}.{where}: examples of {x.Shape}. Give two axes: [n, features].");
        if (!x.DType.IsFloatingPoint())
            throw new DTypeException($"{GetType().Name}.{where}: examples of {x.DType}. Use Cast(DType.Float32) first.");
    }

    private InvalidOperationException Unfitted() => new($"{GetType().Name}: nothing was learned yet. Call Fit or FitTransform first.");
}
