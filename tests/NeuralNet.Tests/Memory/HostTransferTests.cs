using NeuralNet.Memory;

namespace NeuralNet.Tests.Memory;

public sealed class HostTransferTests
{
    [Theory]
    [InlineData(8)]
    [InlineData(24)]
    [InlineData(56)]
    [InlineData(1024)]
    public void UploadAndDownload_InParts_MoveEveryElement(int partBytes)
    {
        double[] values = [1, 2, 3, 4, 5, 6, 7];
        Tensor tensor = Tensor.Zeros([9], DType.Float64);
        HostTransfer.Upload<double>(Device.Cpu.Backend, values, tensor.Storage, sizeof(double), partBytes);
        tensor.ToArray<double>().Should().Equal(0, 1, 2, 3, 4, 5, 6, 7, 0);

        double[] back = new double[7];
        HostTransfer.Download<double>(Device.Cpu.Backend, tensor.Storage, sizeof(double), back, partBytes);
        back.Should().Equal(values);
    }
}
