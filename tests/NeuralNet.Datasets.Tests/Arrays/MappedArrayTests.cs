using NeuralNet.Testing;

namespace NeuralNet.Datasets.Tests;

public class MappedArrayTests
{
    [Fact]
    public void Rows_OfAMappedFile_AreThoseOfTheArray()
    {
        using TemporaryFolder folder = new();
        Tensor tensor = Tensor.Arange(0, 60).Reshape(10, 2, 3);
        NpyFile.Write(folder["x.npy"], tensor);
        using MappedArray array = NpyFile.OpenMapped(folder["x.npy"]);
        array.Shape.Should().Equal(10, 2, 3);
        array.DType.Should().Be(DType.Int64);
        array.RowCount.Should().Be(10);
        NpyFileTests.Same(array.Read(), tensor);
        NpyFileTests.Same(array[2..^3], tensor[2..^3]);
        NpyFileTests.Same(array[..0], tensor[..0]);
        NpyFileTests.Same(array.Rows(9, 0, 9), tensor.IndexSelect(0, Tensor.From([9L, 0, 9], [3])));
        NpyFileTests.Same(array.Rows(), tensor[..0]);
    }

    [Fact]
    public void Rows_OfAnotherElementType_AreConverted()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("x.npy", NpyFileTests.Bytes("'descr': '>i2', 'fortran_order': False, 'shape': (3, 2)", [0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0xFF, 0xFF]));
        using MappedArray array = NpyFile.OpenMapped(path);
        array.Rows(2, 0).ToArray<int>().Should().Equal(5, -1, 1, 2);
    }

    [Fact]
    public void Rows_OutOfRange_SayHowMany()
    {
        using TemporaryFolder folder = new();
        NpyFile.Write(folder["x.npy"], Tensor.Zeros(3, 2));
        using MappedArray array = NpyFile.OpenMapped(folder["x.npy"]);
        ((Action)(() => array.Rows(3))).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*row 3 of 3*");
        ((Action)(() => _ = array[1..5])).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*rows 1..5 of 3*");
    }

    [Fact]
    public void Read_AfterDispose_Throws_AndEarlierTensorsStay()
    {
        using TemporaryFolder folder = new();
        NpyFile.Write(folder["x.npy"], Tensor.Ones(3, 2));
        MappedArray array = NpyFile.OpenMapped(folder["x.npy"]);
        Tensor rows = array[..2];
        array.Dispose();
        ((Action)(() => array.Read())).Should().Throw<ObjectDisposedException>();
        rows.ToArray<float>().Should().Equal(1, 1, 1, 1);
        File.Delete(folder["x.npy"]);
    }

    [Fact]
    public void Open_FortranOrder_SaysWhatToUse()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("x.npy", NpyFileTests.Bytes("'descr': '|u1', 'fortran_order': True, 'shape': (2, 3)", new byte[6]));
        ((Action)(() => NpyFile.OpenMapped(path))).Should().Throw<NotSupportedException>().WithMessage("*NpyFile.Read*");
    }

    [Fact]
    public void RowCount_OfAScalar_SaysRead()
    {
        using TemporaryFolder folder = new();
        NpyFile.Write(folder["x.npy"], Tensor.Full([], 3));
        using MappedArray array = NpyFile.OpenMapped(folder["x.npy"]);
        ((Action)(() => _ = array.RowCount)).Should().Throw<ShapeException>();
        array.Read().Item<float>().Should().Be(3);
    }

    [Fact]
    public void Dataset_OfMappedArrays_GivesBatchesToALoader()
    {
        using TemporaryFolder folder = new();
        NpyFile.Write(folder["x.npy"], Tensor.Arange(0f, 20f).Reshape(10, 2));
        NpyFile.Write(folder["y.npy"], Tensor.Arange(0, 10));
        using MappedArray x = NpyFile.OpenMapped(folder["x.npy"]);
        using MappedArray y = NpyFile.OpenMapped(folder["y.npy"]);
        MappedDataset data = new(x, y);
        data.Count.Should().Be(10);
        long seen = 0;
        foreach ((Tensor inputs, Tensor targets) in new DataLoader(data, batchSize: 4, shuffle: true, generator: new(1)))
        {
            inputs[.., 0].Cast(DType.Int64).ToArray<long>().Should().Equal(targets.ToArray<long>().Select(target => 2 * target));
            seen += targets.Length;
        }
        seen.Should().Be(10);
    }

    [Fact]
    public void Dataset_OfUnequalRows_SaysBoth()
    {
        using TemporaryFolder folder = new();
        NpyFile.Write(folder["x.npy"], Tensor.Zeros(3, 2));
        NpyFile.Write(folder["y.npy"], Tensor.Zeros(4));
        using MappedArray x = NpyFile.OpenMapped(folder["x.npy"]);
        using MappedArray y = NpyFile.OpenMapped(folder["y.npy"]);
        ((Action)(() => _ = new MappedDataset(x, y))).Should().Throw<ShapeException>().WithMessage("*array 0 of [3, 2] and array 1 of [4]*");
    }
}
