using CsCheck;
using NeuralNet.Backends.Gpu;

namespace NeuralNet.Gpu.Tests;

/// <summary>Products in the terms of BLAS, computed as its specification says, beside those of the views.</summary>
public sealed class GemmCallTests
{
    [Fact]
    public void Of_ViewsOfAnyKind_MeansTheSameProduct() =>
        Gen.Select(Gen.Int[1, 4], Gen.Int[1, 4], Gen.Int[1, 4], Gen.Int[1, 3], Gen.Int[0, 3], Gen.Int[0, 3], Gen.Bool).Sample((m, n, k, batch, aKind, bKind, isShared) =>
        {
            Layout a = Matrix(isShared ? 1 : batch, m, k, aKind).Expanded(batch);
            Layout b = Matrix(batch, k, n, bKind);
            Layout c = Matrix(batch, m, n, kind: 2);
            GemmCall? call = GemmCall.Of(a, b, c);
            call.Should().NotBeNull();
            double[] x = [.. Enumerable.Range(0, 1000).Select(i => Math.Sin(i))];
            double[] y = [.. Enumerable.Range(0, 1000).Select(i => Math.Cos(i))];
            double[] z = Blas(call!.Value, x, y);
            for (int p = 0; p < batch; p++)
            {
                for (int i = 0; i < m; i++)
                {
                    for (int j = 0; j < n; j++)
                    {
                        double expected = Enumerable.Range(0, k).Sum(q => x[At(a, p, i, q)] * y[At(b, p, q, j)]);
                        z[At(c, p, i, j)].Should().BeApproximately(expected, 1e-12);
                    }
                }
            }
        });

    [Fact]
    public void Of_StridesThatBlasDoesNotHave_IsNone()
    {
        Layout plain = Layout.Contiguous(new Shape(2, 4, 4));
        GemmCall.Of(new Layout(plain.Shape, [32, 8, 2], 0), plain, plain).Should().BeNull("elements of neither rows nor columns lie together");
        GemmCall.Of(new Layout(plain.Shape, [16, 0, 1], 0), plain, plain).Should().BeNull("rows overlap");
        GemmCall.Of(new Layout(new Shape(2, 4, 0), [0, 0, 1], 0), new Layout(new Shape(2, 0, 4), [0, 4, 1], 0), plain).Should().BeNull("sums are empty");
        Layout batches = new(new Shape(2, 3, 4, 4), [100, 16, 4, 1], 0);
        GemmCall.Of(batches, batches, Layout.Contiguous(batches.Shape)).Should().BeNull("the leading axes are not one");
        GemmCall.Of(Layout.Contiguous(batches.Shape), Layout.Contiguous(batches.Shape), Layout.Contiguous(batches.Shape)).Should().NotBeNull();
    }

    /// <summary>A batch of matrices: contiguous, transposed, with longer rows, or with longer columns and an offset.</summary>
    private static Layout Matrix(int batch, int rows, int columns, int kind) => kind switch
    {
        0 => Layout.Contiguous(new Shape(batch, rows, columns)),
        1 => new(new Shape(batch, rows, columns), [rows * columns, 1, rows], 0),
        2 => new(new Shape(batch, rows, columns), [rows * (columns + 2), columns + 2, 1], 5),
        _ => new(new Shape(batch, rows, columns), [(rows + 1) * columns, 1, rows + 1], 3),
    };

    private static int At(Layout layout, int p, int i, int j) =>
        (int)(layout.Offset + p * layout.Strides[0] + i * layout.Strides[1] + j * layout.Strides[2]);

    /// <summary>What cublasDgemmStridedBatched computes when it is given the call as <see cref="CuBlas"/> gives it: matrices of columns.</summary>
    private static double[] Blas(GemmCall call, double[] a, double[] b)
    {
        double[] c = new double[1000];
        double Element(double[] matrix, GemmOperand operand, int p, int row, int column) =>
            matrix[operand.Offset + p * operand.BatchStride + (operand.Operation == 0 ? row + (long)column * operand.LeadingSize : column + (long)row * operand.LeadingSize)];
        for (int p = 0; p < call.Batch; p++)
        {
            for (int row = 0; row < call.N; row++)
            {
                for (int column = 0; column < call.M; column++)
                {
                    double sum = 0;
                    for (int k = 0; k < call.K; k++)
                        sum += Element(b, call.B, p, row, k) * Element(a, call.A, p, k, column);
                    c[call.COffset + p * call.CBatchStride + row + (long)column * call.CLeadingSize] = sum;
                }
            }
        }
        return c;
    }
}

file static class LayoutExtensions
{
    /// <summary>The same matrix for each product of a batch.</summary>
    public static Layout Expanded(this Layout layout, int batch) =>
        layout.Sizes[0] == batch ? layout : new(new Shape(batch, layout.Sizes[1], layout.Sizes[2]), [0, layout.Strides[1], layout.Strides[2]], layout.Offset);
}
