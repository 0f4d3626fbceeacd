using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace NeuralNet;

/// <summary>
/// The orthogonal factor of a normal matrix; the signs of the other factor's diagonal make it uniform over all rotations.
/// </summary>
internal sealed class OrthogonalInitializer(double gain) : Initializer
{
    public override Tensor Create(Shape shape, DType dtype = DType.Float32, RandomGenerator? generator = null)
    {
        if (shape.Rank < 2 || shape.Length == 0)
            throw new ShapeException($"Initializer.Orthogonal: got {shape}; a weight of [out, in, …] is needed. Use "
                + "Initializer.Normal for others.");
        long rows = shape[0];
        long columns = shape.Length / rows;
        Matrix<double> normal = Tensor.Randn([rows, columns], DType.Float64, generator: generator).ToMatrix<double>();
        bool isWide = rows < columns;
        QR<double> factors = (isWide ? normal.Transpose() : normal).QR(QRMethod.Thin);
        Matrix<double> q = factors.Q.Clone();
        for (int j = 0; j < q.ColumnCount; j++)
            q.SetColumn(j, q.Column(j) * (factors.R[j, j] < 0 ? -gain : gain));
        return Tensor.From(isWide ? q.Transpose() : q).Reshape(shape).Cast(dtype);
    }
}
