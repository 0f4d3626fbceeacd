using TorchSharp;

namespace NeuralNet.Benchmarks.Torch;

/// <summary>One operation without gradients. Its operands are made once, its result is given back at once.</summary>
/// <param name="inputs">Our operands.</param>
/// <param name="ours">The operation of this library.</param>
/// <param name="theirs">The operation of libtorch.</param>
/// <param name="tolerance">How far both may lie apart.</param>
internal sealed class Operation(
    Tensor[] inputs, Func<Tensor[], Tensor> ours, Func<torch.Tensor[], torch.Tensor> theirs, Tolerance tolerance) : Comparison
{
    private readonly torch.Tensor[] _theirInputs = Array.ConvertAll(
        inputs, x => x.DType == DType.Int64 ? Values.ToTorch(x.ToArray<long>(), x.Shape.ToArray()) : Values.ToTorch(x));

    public override void Verify(string name)
    {
        using TensorScope scope = new();
        using torch.Tensor their = theirs(_theirInputs);
        using torch.Tensor theirSingles = their.to(torch.ScalarType.Float32);
        tolerance.Require(name, ours(inputs).Cast(DType.Float32).ToArray<float>(), Values.ToArray(theirSingles));
    }

    public override void Ours()
    {
        using TensorScope scope = new();
        ours(inputs);
    }

    public override void Theirs() => theirs(_theirInputs).Dispose();

    public override void Dispose()
    {
        foreach (torch.Tensor input in _theirInputs)
            input.Dispose();
    }
}
