namespace NeuralNet;

/// <summary>What the layers <see cref="InstanceNorm1D"/>, <see cref="InstanceNorm2D"/> and <see cref="InstanceNorm3D"/> share.</summary>
public abstract class InstanceNormLayer : ChannelNormLayer
{
    private readonly int _rank;

    private protected InstanceNormLayer(int rank, long features, double eps, double momentum, bool affine, bool trackRunningStats, DType dtype)
        : base(features, eps, momentum, affine, trackRunningStats, dtype) => _rank = rank;

    /// <inheritdoc/>
    public override string ToString() =>
        Describe($"{(Weight is null ? "" : ", affine")}{(HasRunningStatistics ? ", running statistics" : "")}");

    private protected sealed override void RequireInput(Tensor x) => LayerArguments.RequireAxes(x, _rank);

    private protected sealed override Tensor Normalize(Tensor x, bool usesInput)
    {
        if (!usesInput)
            return x.BatchNorm(RunningMean, RunningVariance, Weight?.Value, Bias?.Value, training: false, Momentum, Eps);
        Tensor y = x.InstanceNorm(Weight?.Value, Bias?.Value, Eps);
        if (HasRunningStatistics && !x.Device.IsMeta)
            UpdateStatistics(x);
        return y;
    }

    /// <summary>Moves the running statistics towards the mean over the images of their statistics.</summary>
    private void UpdateStatistics(Tensor x)
    {
        using Autograd.Mode noGrad = Autograd.NoGrad();
        int[] spatial = [.. Enumerable.Range(2, _rank)];
        Move(RunningMean!, x.Mean(spatial));
        Move(RunningVariance!, x.Var(spatial));

        void Move(Tensor running, Tensor ofImages) => running.CopyFrom(running * (1 - Momentum) + ofImages.Mean(0) * Momentum);
    }
}
