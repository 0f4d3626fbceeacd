namespace NeuralNet;

public static partial class Gradients
{
    /// <summary>Computes all first derivatives of a function: row by row, one backward pass for each element of its result.</summary>
    /// <param name="function">The function, made of tensor operations.</param>
    /// <param name="x">Where it is differentiated.</param>
    /// <param name="createGraph">Whether the result can be differentiated again, with respect to <paramref name="x"/> if that requires a
    /// gradient.</param>
    /// <returns>A tensor of [… , …]: the axes of the function's result y, then those of x; element (i, j) is ∂y[i]/∂x[j].</returns>
    /// <exception cref="DTypeException">x or the result is not of floating point.</exception>
    public static Tensor Jacobian(Func<Tensor, Tensor> function, Tensor x, bool createGraph = false)
    {
        using Autograd.Mode mode = Autograd.EnableGrad();
        Tensor at = Leaf(nameof(Jacobian), function, x, createGraph);
        Tensor y = function(at);
        Require.FloatingPoint(nameof(Jacobian), y.DType);
        Shape shape = new([.. y.Shape, .. x.Shape]);
        if (y.Length == 0 || !y.RequiresGrad)
            return Tensor.Zeros(shape, x.DType, x.Device);
        Tensor positions = Tensor.Arange(y.Length, device: y.Device);
        Tensor[] rows = new Tensor[y.Length];
        for (long i = 0; i < rows.Length; i++)
        {
            Tensor direction = positions.Equal(i).Cast(y.DType).Reshape(y.Shape);
            rows[i] = Of(y, at, direction, retainGraph: true, createGraph);
        }
        return Tensor.Stack(rows).Reshape(shape);
    }

    /// <summary>Computes all second derivatives of a function whose result is one number.</summary>
    /// <param name="function">The function, made of tensor operations.</param>
    /// <param name="x">Where it is differentiated.</param>
    /// <param name="createGraph">Whether the result can be differentiated again.</param>
    /// <returns>A tensor of [… , …]: twice the axes of x; element (i, j) is ∂²y/∂x[i]∂x[j].</returns>
    /// <exception cref="ShapeException">The result has several elements.</exception>
    /// <exception cref="DTypeException">x or the result is not of floating point.</exception>
    public static Tensor Hessian(Func<Tensor, Tensor> function, Tensor x, bool createGraph = false)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Jacobian(at => GradientOf(nameof(Hessian), function, at), x, createGraph);
    }

    /// <summary>Multiplies the second derivatives of a function by a vector, without computing them all.</summary>
    /// <param name="function">The function, made of tensor operations, whose result is one number.</param>
    /// <param name="x">Where it is differentiated.</param>
    /// <param name="vector">The vector, of x's shape and dtype.</param>
    /// <param name="createGraph">Whether the result can be differentiated again.</param>
    /// <returns>H·v, of x's shape.</returns>
    /// <remarks>By the gradient of the gradient: two backward passes, whatever the size. Pearlmutter, "Fast exact multiplication by the
    /// Hessian", 1994.</remarks>
    /// <exception cref="ShapeException">The result has several elements, or the vector another shape than x.</exception>
    /// <exception cref="DTypeException">The dtypes differ, or are not of floating point.</exception>
    public static Tensor HessianVectorProduct(Func<Tensor, Tensor> function, Tensor x, Tensor vector, bool createGraph = false)
    {
        RequireLike(nameof(HessianVectorProduct), vector, "x", x);
        using Autograd.Mode mode = Autograd.EnableGrad();
        Tensor at = Leaf(nameof(HessianVectorProduct), function, x, createGraph);
        Tensor gradient = GradientOf(nameof(HessianVectorProduct), function, at);
        return gradient.RequiresGrad ? Of(gradient, at, vector, createGraph: createGraph) : Tensor.ZerosLike(x);
    }

    /// <summary>Multiplies a vector by the first derivatives of a function: one backward pass.</summary>
    /// <param name="function">The function, made of tensor operations.</param>
    /// <param name="x">Where it is differentiated.</param>
    /// <param name="vector">The vector, of the result's shape and dtype.</param>
    /// <param name="createGraph">Whether the product can be differentiated again.</param>
    /// <returns>The function's result, and vᵀ·J, of x's shape.</returns>
    /// <exception cref="ShapeException">The vector has another shape than the result.</exception>
    /// <exception cref="DTypeException">The dtypes differ, or are not of floating point.</exception>
    public static (Tensor Value, Tensor Product) VectorJacobianProduct(
        Func<Tensor, Tensor> function, Tensor x, Tensor vector, bool createGraph = false)
    {
        using Autograd.Mode mode = Autograd.EnableGrad();
        Tensor at = Leaf(nameof(VectorJacobianProduct), function, x, createGraph);
        Tensor y = function(at);
        RequireLike(nameof(VectorJacobianProduct), vector, "the result", y);
        return (y, y.RequiresGrad ? Of(y, at, vector, createGraph: createGraph) : Tensor.ZerosLike(x));
    }

    /// <summary>Multiplies the first derivatives of a function by a vector: how its result changes along it.</summary>
    /// <param name="function">The function, made of tensor operations.</param>
    /// <param name="x">Where it is differentiated.</param>
    /// <param name="vector">The vector, of x's shape and dtype.</param>
    /// <param name="createGraph">Whether the product can be differentiated again.</param>
    /// <returns>The function's result, and J·v, of the result's shape.</returns>
    /// <remarks>Uᵀ·J is linear in u, and its derivative with respect to u along v is J·v: so by two backward passes.</remarks>
    /// <exception cref="ShapeException">The vector has another shape than x.</exception>
    /// <exception cref="DTypeException">The dtypes differ, or are not of floating point.</exception>
    public static (Tensor Value, Tensor Product) JacobianVectorProduct(
        Func<Tensor, Tensor> function, Tensor x, Tensor vector, bool createGraph = false)
    {
        RequireLike(nameof(JacobianVectorProduct), vector, "x", x);
        using Autograd.Mode mode = Autograd.EnableGrad();
        Tensor at = Leaf(nameof(JacobianVectorProduct), function, x, createGraph);
        Tensor y = function(at);
        if (!y.RequiresGrad)
            return (y, Tensor.ZerosLike(y));
        Tensor u = Tensor.ZerosLike(y.Detach()).RequireGrad();
        Tensor pulled = Of(y, at, u, createGraph: true);
        return (y, pulled.RequiresGrad ? Of(pulled, u, vector, createGraph: createGraph) : Tensor.ZerosLike(y.Detach()));
    }

    /// <summary>What is differentiated: the tensor itself where the result shall lead back to it, else a leaf in its place.</summary>
    private static Tensor Leaf(string name, Func<Tensor, Tensor> function, Tensor x, bool createGraph)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(x);
        Require.FloatingPoint(name, x.DType);
        return createGraph && x.RequiresGrad ? x : x.Detach().RequireGrad();
    }

    private static Tensor GradientOf(string name, Func<Tensor, Tensor> function, Tensor at)
    {
        Tensor y = function(at);
        Require.FloatingPoint(name, y.DType);
        if (y.Length != 1)
            throw new ShapeException($"{name}: the function gives {y.Shape}, {y.Length} elements, not one. Reduce it by Sum or Mean, or use "
                + "Jacobian.");
        return y.RequiresGrad ? Of(y, at, Tensor.OnesLike(y.Detach()), createGraph: true) : Tensor.ZerosLike(at.Detach());
    }

    private static void RequireLike(string name, Tensor vector, string what, Tensor like)
    {
        ArgumentNullException.ThrowIfNull(vector);
        ArgumentNullException.ThrowIfNull(like);
        if (vector.Shape != like.Shape)
            throw new ShapeException($"{name}: a vector of {vector.Shape} for {what} of {like.Shape}. Give it that shape.");
        Require.SameDType(name, like, vector);
    }
}
