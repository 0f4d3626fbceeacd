using System.Numerics;

namespace NeuralNet.Backends;

/// <summary>
/// Inverses and factorisations of batches of matrices [… , m, n], computed in double. Results are dense. Where a matrix may have none, a
/// kernel returns the number of the first such matrix in its batch, or −1; the results are then not to be used.
/// </summary>
internal interface IFactorizationKernels
{
    /// <summary>y = x⁻¹.</summary>
    long Inverse<T>(View<T> x, View<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>y = a⁻¹·b; the leading axes of all three are the same.</summary>
    long Solve<T>(View<T> a, View<T> b, View<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>y = the lower triangle with y·yᵀ = x, of which the lower triangle is read.</summary>
    long Cholesky<T>(View<T> x, View<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>y = the determinants, […]; or, where <paramref name="logarithmic"/>, their signs and the logarithms of their magnitudes,
    /// [… , 2].</summary>
    void Determinant<T>(View<T> x, bool logarithmic, View<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>y = q [m, n] and r [n, n], one behind the other, with q·r = x, m ≥ n, and no negative element on the diagonal of r.</summary>
    void Qr<T>(View<T> x, View<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>
    /// y = u [m, k], s [k] and vᵀ [k, n], one behind the other, with u·diag(s)·vᵀ = x and s falling; or, without vectors, s alone. The
    /// component of each column of u that is largest in magnitude is positive.
    /// </summary>
    long Svd<T>(View<T> x, bool vectors, View<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>
    /// y = the eigenvalues [n], rising, and the eigenvectors [n, n] as columns, one behind the other; or, without vectors, the values alone.
    /// x is symmetric: its lower triangle is read. The component of each vector that is largest in magnitude is positive.
    /// </summary>
    long Eigh<T>(View<T> x, bool vectors, View<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>;
}
