namespace NeuralNet.Testing;

public static partial class LayerCases
{
    private static IEnumerable<LayerCase> ImageCases() =>
    [
        new("MaxPool1D", "half", (dtype, _) => new MaxPool1D(2), [2, 3, 6], [2, 3, 3])
        {
            Text = "MaxPool1D(2)",
        },
        new("MinPool1D", "half", (dtype, _) => new MinPool1D(2), [2, 3, 6], [2, 3, 3])
        {
            Text = "MinPool1D(2)",
        },
        new("AvgPool1D", "half", (dtype, _) => new AvgPool1D(2), [2, 3, 6], [2, 3, 3])
        {
            Text = "AvgPool1D(2)",
        },
        new("LPPool1D", "half", (dtype, _) => new LPPool1D(2, 2), [2, 3, 6], [2, 3, 3])
        {
            Text = "LPPool1D(p 2, 2)",
        },
        new("AdaptiveMaxPool1D", "one", (dtype, _) => new AdaptiveMaxPool1D(1), [2, 3, 6], [2, 3, 1])
        {
            Text = "AdaptiveMaxPool1D(1)",
        },
        new("AdaptiveAvgPool1D", "one", (dtype, _) => new AdaptiveAvgPool1D(1), [2, 3, 6], [2, 3, 1])
        {
            Text = "AdaptiveAvgPool1D(1)",
        },
        new("GlobalAvgPool1D", "all", (dtype, _) => new GlobalAvgPool1D(), [2, 3, 6], [2, 3])
        {
            Text = "GlobalAvgPool1D()",
        },
        new("GlobalMaxPool1D", "all", (dtype, _) => new GlobalMaxPool1D(), [2, 3, 6], [2, 3])
        {
            Text = "GlobalMaxPool1D()",
        },
        new("BatchNorm1D", "images", (dtype, _) => new BatchNorm1D(3, dtype: dtype), [2, 3, 6], [2, 3, 6])
        {
            State = [("weight", [3]), ("bias", [3]), ("running_mean", [3]), ("running_var", [3]), ("num_batches_tracked", [])],
            Buffers = ["running_mean", "running_var", "num_batches_tracked"],
            Text = "BatchNorm1D(3)",
        },
        new("InstanceNorm1D", "affine", (dtype, _) => new InstanceNorm1D(3, affine: true, dtype: dtype), [2, 3, 6], [2, 3, 6])
        {
            State = [("weight", [3]), ("bias", [3])],
            Text = "InstanceNorm1D(3, affine)",
        },
        new("MaxPool2D", "half", (dtype, _) => new MaxPool2D(2), [2, 3, 4, 6], [2, 3, 2, 3])
        {
            Text = "MaxPool2D(2)",
        },
        new("MinPool2D", "half", (dtype, _) => new MinPool2D(2), [2, 3, 4, 6], [2, 3, 2, 3])
        {
            Text = "MinPool2D(2)",
        },
        new("AvgPool2D", "half", (dtype, _) => new AvgPool2D(2), [2, 3, 4, 6], [2, 3, 2, 3])
        {
            Text = "AvgPool2D(2)",
        },
        new("LPPool2D", "half", (dtype, _) => new LPPool2D(2, 2), [2, 3, 4, 6], [2, 3, 2, 3])
        {
            Text = "LPPool2D(p 2, 2)",
        },
        new("AdaptiveMaxPool2D", "one", (dtype, _) => new AdaptiveMaxPool2D(1), [2, 3, 4, 6], [2, 3, 1, 1])
        {
            Text = "AdaptiveMaxPool2D(1)",
        },
        new("AdaptiveAvgPool2D", "one", (dtype, _) => new AdaptiveAvgPool2D(1), [2, 3, 4, 6], [2, 3, 1, 1])
        {
            Text = "AdaptiveAvgPool2D(1)",
        },
        new("GlobalAvgPool2D", "all", (dtype, _) => new GlobalAvgPool2D(), [2, 3, 4, 6], [2, 3])
        {
            Text = "GlobalAvgPool2D()",
        },
        new("GlobalMaxPool2D", "all", (dtype, _) => new GlobalMaxPool2D(), [2, 3, 4, 6], [2, 3])
        {
            Text = "GlobalMaxPool2D()",
        },
        new("BatchNorm2D", "images", (dtype, _) => new BatchNorm2D(3, dtype: dtype), [2, 3, 4, 6], [2, 3, 4, 6])
        {
            State = [("weight", [3]), ("bias", [3]), ("running_mean", [3]), ("running_var", [3]), ("num_batches_tracked", [])],
            Buffers = ["running_mean", "running_var", "num_batches_tracked"],
            Text = "BatchNorm2D(3)",
        },
        new("InstanceNorm2D", "affine", (dtype, _) => new InstanceNorm2D(3, affine: true, dtype: dtype), [2, 3, 4, 6], [2, 3, 4, 6])
        {
            State = [("weight", [3]), ("bias", [3])],
            Text = "InstanceNorm2D(3, affine)",
        },
        new("MaxPool3D", "half", (dtype, _) => new MaxPool3D(2), [2, 3, 2, 4, 2], [2, 3, 1, 2, 1])
        {
            Text = "MaxPool3D(2)",
        },
        new("MinPool3D", "half", (dtype, _) => new MinPool3D(2), [2, 3, 2, 4, 2], [2, 3, 1, 2, 1])
        {
            Text = "MinPool3D(2)",
        },
        new("AvgPool3D", "half", (dtype, _) => new AvgPool3D(2), [2, 3, 2, 4, 2], [2, 3, 1, 2, 1])
        {
            Text = "AvgPool3D(2)",
        },
        new("LPPool3D", "half", (dtype, _) => new LPPool3D(2, 2), [2, 3, 2, 4, 2], [2, 3, 1, 2, 1])
        {
            Text = "LPPool3D(p 2, 2)",
        },
        new("AdaptiveMaxPool3D", "one", (dtype, _) => new AdaptiveMaxPool3D(1), [2, 3, 2, 4, 2], [2, 3, 1, 1, 1])
        {
            Text = "AdaptiveMaxPool3D(1)",
        },
        new("AdaptiveAvgPool3D", "one", (dtype, _) => new AdaptiveAvgPool3D(1), [2, 3, 2, 4, 2], [2, 3, 1, 1, 1])
        {
            Text = "AdaptiveAvgPool3D(1)",
        },
        new("GlobalAvgPool3D", "all", (dtype, _) => new GlobalAvgPool3D(), [2, 3, 2, 4, 2], [2, 3])
        {
            Text = "GlobalAvgPool3D()",
        },
        new("GlobalMaxPool3D", "all", (dtype, _) => new GlobalMaxPool3D(), [2, 3, 2, 4, 2], [2, 3])
        {
            Text = "GlobalMaxPool3D()",
        },
        new("BatchNorm3D", "images", (dtype, _) => new BatchNorm3D(3, dtype: dtype), [2, 3, 2, 4, 2], [2, 3, 2, 4, 2])
        {
            State = [("weight", [3]), ("bias", [3]), ("running_mean", [3]), ("running_var", [3]), ("num_batches_tracked", [])],
            Buffers = ["running_mean", "running_var", "num_batches_tracked"],
            Text = "BatchNorm3D(3)",
        },
        new("InstanceNorm3D", "affine", (dtype, _) => new InstanceNorm3D(3, affine: true, dtype: dtype), [2, 3, 2, 4, 2], [2, 3, 2, 4, 2])
        {
            State = [("weight", [3]), ("bias", [3])],
            Text = "InstanceNorm3D(3, affine)",
        },
        new("BatchNorm1D", "vectors", (dtype, _) => new BatchNorm1D(3, affine: false, trackRunningStats: false, dtype: dtype), [4, 3], [4, 3])
        {
            Text = "BatchNorm1D(3, not affine, no running statistics)",
        },
        new("MaxPool2D", "everything", (dtype, _) => new MaxPool2D((3, 2), stride: (2, 1), padding: 1, dilation: (1, 2), ceilMode: true), [1, 2, 6, 5], [1, 2, 4, 5])
        {
            Text = "MaxPool2D((3, 2), stride (2, 1), padding 1, dilation (1, 2), ceil mode)",
        },
        new("InstanceNorm2D", "running statistics", (dtype, _) => new InstanceNorm2D(3, trackRunningStats: true, dtype: dtype), [2, 3, 4, 6], [2, 3, 4, 6])
        {
            State = [("running_mean", [3]), ("running_var", [3]), ("num_batches_tracked", [])],
            Buffers = ["running_mean", "running_var", "num_batches_tracked"],
            Text = "InstanceNorm2D(3, running statistics)",
        },
        new("GroupNorm", "images", (dtype, _) => new GroupNorm(2, 4, dtype: dtype), [2, 4, 3, 2], [2, 4, 3, 2])
        {
            State = [("weight", [4]), ("bias", [4])],
            Text = "GroupNorm(2, 4)",
        },
        new("LayerNorm", "two axes", (dtype, _) => new LayerNorm([3, 2], dtype: dtype), [2, 4, 3, 2], [2, 4, 3, 2])
        {
            State = [("weight", [3, 2]), ("bias", [3, 2])],
            Text = "LayerNorm([3, 2])",
        },
        new("LayerNorm", "no bias", (dtype, _) => new LayerNorm([5], bias: false, dtype: dtype), [2, 5], [2, 5])
        {
            State = [("weight", [5])],
            Text = "LayerNorm([5], no bias)",
        },
        new("RMSNorm", "last axis", (dtype, _) => new RMSNorm([5], dtype: dtype), [2, 3, 5], [2, 3, 5])
        {
            State = [("weight", [5])],
            Text = "RMSNorm([5])",
        },
        new("LocalResponseNorm", "five", (dtype, _) => new LocalResponseNorm(3), [2, 5, 3, 2], [2, 5, 3, 2])
        {
            Text = "LocalResponseNorm(3)",
        },
    ];
}
