using TorchSharp;
using TorchConvolution = TorchSharp.Modules.Conv2d;
using TorchModule = TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;

namespace NeuralNet.Benchmarks.Torch;

/// <summary>Networks of images of TorchSharp's with the weights of ours.</summary>
internal static class TorchParts
{
    /// <summary>Makes a network with the state of ours, its weights in either of libtorch's layouts.</summary>
    public static TorchModule Copy(Part part, Layer ours, bool channelsLast)
    {
        TorchModule model = Create(part);
        IReadOnlyDictionary<string, Tensor> state = ours.StateDict();
        using (torch.no_grad())
        {
            Dictionary<string, torch.Tensor> theirs = model.state_dict();
            if (!theirs.Keys.ToHashSet().SetEquals(state.Keys))
                throw new InvalidOperationException($"{theirs.Count} names there, {state.Count} here.");
            foreach ((string name, torch.Tensor tensor) in theirs)
            {
                if (state[name].DType != DType.Float32)
                    continue;
                using torch.Tensor value = Values.ToTorch(state[name]);
                tensor.copy_(value, nonBlocking: false);
            }
            if (channelsLast)
            {
                foreach (TorchConvolution convolution in model.modules().OfType<TorchConvolution>())
                    convolution.weight = new(ChannelsLast(convolution.weight!));
            }
        }
        return model;
    }

    public static torch.Tensor ChannelsLast(torch.Tensor x)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        return x.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2).detach().DetachFromDisposeScope();
    }

    private static TorchModule Create(Part part) => part switch
    {
        Part.Convolution c => torch.nn.Conv2d(
            c.Inputs, c.Outputs, c.Kernel, stride: c.Stride, padding: c.Padding, dilation: 1, padding_mode: PaddingModes.Zeros, groups: c.Groups,
            bias: c.HasBias, device: torch.CPU, dtype: torch.ScalarType.Float32),
        Part.Normalization n => torch.nn.BatchNorm2d(
            n.Channels, eps: 1e-5, momentum: 0.1, affine: true, track_running_stats: true, device: torch.CPU, dtype: torch.ScalarType.Float32),
        // In place, as networks are written there.
        Part.Rectifier => torch.nn.ReLU(inplace: true),
        Part.LargestOf p => torch.nn.MaxPool2d(p.Kernel, stride: p.Kernel, padding: 0, dilation: 1, ceil_mode: false),
        Part.GlobalMean => torch.nn.Sequential(("0", torch.nn.AdaptiveAvgPool2d([1, 1])), ("1", torch.nn.Flatten(start_dim: 1, end_dim: -1))),
        Part.Rows => torch.nn.Flatten(start_dim: 1, end_dim: -1),
        Part.Linear l => torch.nn.Linear(l.Inputs, l.Outputs, hasBias: true, device: torch.CPU, dtype: torch.ScalarType.Float32),
        Part.Chain chain => torch.nn.Sequential([.. chain.Parts.Select((one, i) => ($"{i}", Create(one)))]),
        Part.Skip skip => new Residual(Create(skip.Around), skip.Shortcut is null ? null : Create(skip.Shortcut)),
        _ => throw new NotSupportedException(part.ToString()),
    };

    private sealed class Residual : TorchModule
    {
        private readonly TorchModule _block;
        private readonly TorchModule? _shortcut;

        public Residual(TorchModule block, TorchModule? shortcut)
            : base(nameof(Residual))
        {
            (_block, _shortcut) = (block, shortcut);
            register_module("block", block);
            if (shortcut is not null)
                register_module("shortcut", shortcut);
        }

        public override torch.Tensor forward(torch.Tensor x)
        {
            torch.Tensor around = _shortcut?.call(x) ?? x;
            return _block.call(x).add_(around).relu_();
        }
    }
}
