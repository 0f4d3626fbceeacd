using System.Text;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>
    /// Formats the elements in NumPy's manner: nested brackets, decimal points aligned, four digits behind them; a scalar in full. Of long
    /// tensors only the ends of each axis are written. Another dtype than Float32 follows.
    /// </summary>
    public override string ToString()
    {
        if (IsDisposed)
            return $"Tensor({DType} {Shape}, ended)";
        if (Device.IsMeta)
            return $"Tensor({DType} {Shape}, on meta)";
        StringBuilder text = new();
        if (Length == 0)
            text.Append(Rank == 1 ? "[]" : $"[], shape {Shape}");
        else
            TensorText.Append(text, this);
        if (DType != DType.Float32)
            text.Append($", {DType}");
        if (RequiresGrad)
            text.Append(", requires grad");
        return text.ToString();
    }
}
