namespace NeuralNet;

/// <summary>What the layers <see cref="InstanceNorm1D"/>, <see cref="InstanceNorm2D"/> and <see cref="InstanceNorm3D"/> share.</summary>
public abstract class InstanceNormLayer : Layer
{
    private readonly int _rank;
    private readonly long _features;
    private readonly double _eps;
    private readonly Parameter? _weight;
    private readonly Parameter? _bias;

    private protected InstanceNormLayer(int rank, long features, double eps, bool affine, DType dtype)
    {
        string name = GetType().Name;
        LayerArguments.RequirePositive(name, nameof(features), features);
        LayerArguments.RequireEpsilon(name, eps);
        (_rank, _features, _eps) = (rank, features, eps);
        if (!affine)
            return;
        _weight = new(Tensor.Ones([features], dtype));
        _bias = new(Tensor.Zeros([features], dtype));
    }

    /// <summary>Gets the factors, of [features]; null without them.</summary>
    public Parameter? Weight => _weight;

    /// <summary>Gets what is added, of [features]; null without it.</summary>
    public Parameter? Bias => _bias;

    /// <inheritdoc/>
    public override string ToString() => $"{GetType().Name}({_features}{(_weight is null ? "" : ", affine")})";

    /// <inheritdoc/>
    protected sealed override Tensor Compute(Tensor x)
    {
        LayerArguments.RequireAxes(x, _rank);
        if (x.Shape[1] != _features)
            throw new ShapeException($"expected {_features} channels on axis 1, got {x.Shape[1]}; input {x.Shape}. Build the layer for {x.Shape[1]}.");
        return x.InstanceNorm(_weight?.Value, _bias?.Value, _eps);
    }
}
