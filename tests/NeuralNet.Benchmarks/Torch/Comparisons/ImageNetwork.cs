using TorchSharp;
using TorchModule = TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;

namespace NeuralNet.Benchmarks.Torch;

/// <summary>A network of images.</summary>
internal sealed record ImageNetwork(ImageModel Model) : Network(Model.Name, Model.Batch)
{
    public override Shape InputShape => Model.InputShape;

    public override string Group => Model == ImageModel.LeNet ? "lenet" : "train-images";

    public override bool HasTwoLayouts => true;

    /// <summary>
    /// Deep networks with batch normalisation enlarge differences of rounding with every step: what one step of ResNet changes differs by 1 % between
    /// float and double, what two change by 3 %.
    /// </summary>
    public override int VerifiedSteps => Model == ImageModel.LeNet ? 8 : Model == ImageModel.ResNet ? 1 : 2;

    public override bool AmplifiesRounding => Model != ImageModel.LeNet;

    public override double RateFactor => AmplifiesRounding ? 0.02 : 1;

    protected override long Classes => ImageModel.Classes;

    public override Layer CreateModel(Device device) => Model.Create(device);

    public override TorchModule CopyModel(Layer ours, bool channelsLast) => TorchParts.Copy(Model.Network, ours, channelsLast);

    public override torch.Tensor TheirInputs(bool channelsLast)
    {
        torch.Tensor x = base.TheirInputs(channelsLast: false);
        if (!channelsLast)
            return x;
        using (x)
            return TorchParts.ChannelsLast(x);
    }
}
