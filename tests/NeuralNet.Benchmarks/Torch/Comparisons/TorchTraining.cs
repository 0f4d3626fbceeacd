using TorchSharp;
using TorchModule = TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;
using TorchParameter = TorchSharp.Modules.Parameter;

namespace NeuralNet.Benchmarks.Torch;

/// <summary>The usual loop of libtorch's, in one of its layouts.</summary>
internal sealed class TorchTraining : IDisposable
{
    private readonly Network _network;
    private readonly TorchModule _model;
    private readonly torch.optim.Optimizer _optimizer;
    private readonly torch.Tensor _x;
    private readonly torch.Tensor _y;

    public TorchTraining(Network network, Layer ours, OptimizerKind kind, double rate, bool channelsLast)
    {
        _network = network;
        _model = network.CopyModel(ours, channelsLast);
        _optimizer = kind.Theirs(_model.parameters(recurse: true), rate);
        _x = network.TheirInputs(channelsLast);
        _y = network.TheirTargets();
    }

    public TorchParameter[] Parameters => [.. _model.parameters(recurse: true)];

    public torch.Tensor Step()
    {
        _optimizer.zero_grad();
        torch.Tensor loss = _network.TheirLoss(_model.call(_x), _y);
        loss.backward();
        _optimizer.step();
        return loss;
    }

    public void Dispose()
    {
        _optimizer.Dispose();
        _model.Dispose();
        _x.Dispose();
        _y.Dispose();
    }
}
