using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Computes the error function of each element.</summary>
    /// <returns>A tensor of the same shape, with every element in [−1, 1].</returns>
    /// <remarks>y = 2/√π ∫₀ˣ e^(−t²) dt, dy/dx = 2/√π·e^(−x²). ±1 at ±∞.</remarks>
    /// <exception cref="DTypeException">The tensor is not of floating point.</exception>
    public Tensor Erf() => Op.Apply(new ErfOp(), this);
}

internal sealed class ErfOp : FloatingUnaryOp
{
    private const double TwoOverRootPi = 1.1283791670955126;

    protected override Saves Saves => Saves.First;

    protected override void Launch<T>(IComputeBackend backend, View<T> x, View<T> y) => backend.Unary(new Operator<T>(), x, y);

    protected override Tensor Backward(Tensor dy, Tensor x, Tensor y) => dy * ((-(x * x)).Exp() * TwoOverRootPi);

    /// <summary>Near 0 a polynomial in x², times x; elsewhere 1 − 2Φ(−√2·|x|), with the sign of x.</summary>
    internal readonly struct Operator<T> : IUnaryOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private const float NearSingle = 0.75f;
        private const float Root2Single = 1.41421356f;

        private static readonly T s_near = T.CreateChecked(0.75);
        private static readonly T s_root2 = T.CreateChecked(1.4142135623730951);
        private static readonly T s_c0 = T.CreateChecked(1.12837916709551257);
        private static readonly T s_c1 = T.CreateChecked(-0.376126389031837169);
        private static readonly T s_c2 = T.CreateChecked(0.112837916709525961);
        private static readonly T s_c3 = T.CreateChecked(-0.0268661706444284841);
        private static readonly T s_c4 = T.CreateChecked(0.00522397761542053867);
        private static readonly T s_c5 = T.CreateChecked(-0.000854832618875975266);
        private static readonly T s_c6 = T.CreateChecked(0.000120552895675417067);
        private static readonly T s_c7 = T.CreateChecked(-0.0000149241963055696166);
        private static readonly T s_c8 = T.CreateChecked(1.64306841797415491e-6);
        private static readonly T s_c9 = T.CreateChecked(-1.59400668546617174e-7);
        private static readonly T s_c10 = T.CreateChecked(1.14724997010946916e-8);

        public static bool IsVectorized => typeof(T) == typeof(float);

        public T Invoke(T x)
        {
            T magnitude = x < Constants<T>.Zero ? -x : x;
            if (magnitude < s_near)
                return x * Polynomial(x * x);
            T t = s_root2 * magnitude;
            T tail = NormalTail<T>.Invoke(ref t, out T exponential) * exponential;
            T y = Constants<T>.One - (tail + tail);
            return x < Constants<T>.Zero ? -y : y;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Invoke<TVector>(TVector x)
            where TVector : struct, ISimd<TVector, T>
        {
            TVector magnitude = TVector.Abs(x);
            TVector t = NormalTail<T>.LimitSingle(TVector.CreateSingle(Root2Single) * magnitude, NormalTail<T>.LastSingle);
            TVector factor = NormalTail<T>.InvokeSingle(t, t, t, out TVector fraction, out TVector power);
            TVector far = TVector.MultiplyAdd(factor * fraction, power * TVector.CreateSingle(-2f), TVector.CreateSingle(1f));
            far = TVector.CopySign(far, x);
            TVector z = x * x;
            TVector p = TVector.CreateSingle(-0.0006756479569f);
            p = TVector.MultiplyAdd(p, z, TVector.CreateSingle(0.005115332113f));
            p = TVector.MultiplyAdd(p, z, TVector.CreateSingle(-0.02683511457f));
            p = TVector.MultiplyAdd(p, z, TVector.CreateSingle(0.1128338654f));
            p = TVector.MultiplyAdd(p, z, TVector.CreateSingle(-0.3761261947f));
            p = TVector.MultiplyAdd(p, z, TVector.CreateSingle(1.128379166f));
            return TVector.Select(TVector.Greater(TVector.CreateSingle(NearSingle), magnitude), x * p, far);
        }

        private static T Polynomial(T z)
        {
            T p = s_c10;
            p = p * z + s_c9;
            p = p * z + s_c8;
            p = p * z + s_c7;
            p = p * z + s_c6;
            p = p * z + s_c5;
            p = p * z + s_c4;
            p = p * z + s_c3;
            p = p * z + s_c2;
            p = p * z + s_c1;
            p = p * z + s_c0;
            return p;
        }
    }
}
