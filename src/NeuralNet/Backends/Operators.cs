namespace NeuralNet.Backends;

// Scalar functions as structs, so that kernels generic over them are compiled once for each. They are pure, and written such that ILGPU
// can compile Invoke(T): no typeof, no T.Create…, no throw; constants stand in Constants<T>; fields are numbers, not truth values. The vector form serves the CPU: it is used
// where IsVectorized says so, and agrees with the scalar form within Tolerances.

/// <summary>A function of one element.</summary>
internal interface IUnaryOperator<T>
    where T : unmanaged
{
    /// <summary>Whether the vector form exists for this element type.</summary>
    static virtual bool IsVectorized => false;

    T Invoke(T x);

    TVector Invoke<TVector>(TVector x)
        where TVector : struct, ISimd<TVector, T> => throw new System.Diagnostics.UnreachableException();
}

/// <summary>A function of two elements.</summary>
internal interface IBinaryOperator<T>
    where T : unmanaged
{
    /// <summary>Whether the vector form exists for this element type.</summary>
    static virtual bool IsVectorized => false;

    T Invoke(T a, T b);

    TVector Invoke<TVector>(TVector a, TVector b)
        where TVector : struct, ISimd<TVector, T> => throw new System.Diagnostics.UnreachableException();
}

/// <summary>A relation between two elements.</summary>
internal interface IComparisonOperator<T>
    where T : unmanaged
{
    /// <summary>Whether the vector form exists for this element type.</summary>
    static virtual bool IsVectorized => false;

    bool Invoke(T a, T b);

    /// <summary>The relation as a mask.</summary>
    TVector Invoke<TVector>(TVector a, TVector b)
        where TVector : struct, ISimd<TVector, T> => throw new System.Diagnostics.UnreachableException();
}

/// <summary>A change of the element type.</summary>
internal interface IConversionOperator<TFrom, TTo>
    where TFrom : unmanaged
    where TTo : unmanaged
{
    /// <summary>Whether it gives what a cast of C# gives.</summary>
    static virtual bool IsCast => false;

    TTo Invoke(TFrom x);
}

/// <summary>An associative combination of elements, from the identity on.</summary>
internal interface IReductionOperator<T, TAcc>
    where T : unmanaged
    where TAcc : unmanaged
{
    /// <summary>
    /// Whether the vector form of <see cref="Combine(TAcc, TAcc)"/> exists; only where both types are the same and Lift is the identity.
    /// </summary>
    static virtual bool IsVectorized => false;

    TAcc Identity { get; }

    /// <summary>Turns an element into something that can be combined.</summary>
    TAcc Lift(T x);

    TAcc Combine(TAcc a, TAcc b);

    TVector Combine<TVector>(TVector a, TVector b)
        where TVector : struct, ISimd<TVector, TAcc> => throw new System.Diagnostics.UnreachableException();
}

/// <summary>
/// The change of one element of a parameter by an optimizer, with up to three numbers that are remembered between steps. Both forms give
/// the same bits.
/// </summary>
internal interface IUpdateOperator<T>
    where T : unmanaged
{
    /// <summary>How many of the states are used, the first ones; the others are never read nor kept.</summary>
    static abstract int States { get; }

    void Invoke(ref T parameter, T gradient, ref T first, ref T second, ref T third);

    void Invoke<TVector>(ref TVector parameter, TVector gradient, ref TVector first, ref TVector second, ref TVector third)
        where TVector : struct, ISimd<TVector, T>;
}
