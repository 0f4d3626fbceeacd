namespace NeuralNet;

/// <summary>What the layers <see cref="BatchNorm1D"/>, <see cref="BatchNorm2D"/> and <see cref="BatchNorm3D"/> share.</summary>
public abstract class BatchNormLayer : ChannelNormLayer
{
    private protected BatchNormLayer(long features, double eps, double momentum, bool affine, bool trackRunningStats, DType dtype)
        : base(features, eps, momentum, affine, trackRunningStats, dtype)
    {
    }

    /// <inheritdoc/>
    public override string ToString() =>
        Describe($"{(Weight is null ? ", not affine" : "")}{(HasRunningStatistics ? "" : ", no running statistics")}");

    /// <summary>What evaluation multiplies the channels by and adds to them, in Float64; null where it depends on the input.</summary>
    internal (Tensor Scale, Tensor Shift)? ChannelFactors()
    {
        if (RunningMean is not { } mean || RunningVariance is not { } variance)
            return null;
        using Autograd.Mode noGrad = Autograd.NoGrad();
        Tensor scale = (variance.Cast(DType.Float64) + Eps).Rsqrt();
        if (Weight is { } weight)
            scale *= weight.Value.Cast(DType.Float64);
        Tensor shift = -(mean.Cast(DType.Float64) * scale);
        return (scale, Bias is { } bias ? bias.Value.Cast(DType.Float64) + shift : shift);
    }

    private protected sealed override Tensor Normalize(Tensor x, bool usesInput) =>
        x.BatchNorm(RunningMean, RunningVariance, Weight?.Value, Bias?.Value, usesInput, Momentum, Eps);
}
