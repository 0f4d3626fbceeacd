using System.Reflection;
using ILGPU;
using ILGPU.Backends.OpenCL;
using ILGPU.Backends.PTX;
using ILGPU.Frontend.Intrinsic;
using ILGPU.IR;
using ILGPU.IR.Intrinsics;
using ILGPU.IR.Values;

namespace NeuralNet.Backends.Gpu;

/// <summary>Puts <see cref="PortableMath"/> in the place of ILGPU's mathematical functions.</summary>
internal static class DeviceMath
{
    private static readonly (UnaryArithmeticKind Kind, string Name)[] s_unary =
    [
        (UnaryArithmeticKind.ExpF, nameof(PortableMath.Exp)),
        (UnaryArithmeticKind.LogF, nameof(PortableMath.Log)),
        (UnaryArithmeticKind.Log2F, nameof(PortableMath.Log2)),
        (UnaryArithmeticKind.Log10F, nameof(PortableMath.Log10)),
        (UnaryArithmeticKind.SinhF, nameof(PortableMath.Sinh)),
        (UnaryArithmeticKind.CoshF, nameof(PortableMath.Cosh)),
        (UnaryArithmeticKind.TanhF, nameof(PortableMath.Tanh)),
        (UnaryArithmeticKind.SinF, nameof(PortableMath.Sin)),
        (UnaryArithmeticKind.CosF, nameof(PortableMath.Cos)),
        (UnaryArithmeticKind.TanF, nameof(PortableMath.Tan)),
        (UnaryArithmeticKind.AsinF, nameof(PortableMath.Asin)),
        (UnaryArithmeticKind.AcosF, nameof(PortableMath.Acos)),
        (UnaryArithmeticKind.AtanF, nameof(PortableMath.Atan)),
    ];

    private static readonly (BinaryArithmeticKind Kind, string Name)[] s_binary =
    [
        (BinaryArithmeticKind.PowF, nameof(PortableMath.Pow)),
        (BinaryArithmeticKind.Atan2F, nameof(PortableMath.Atan2)),
        (BinaryArithmeticKind.Rem, nameof(PortableMath.Remainder)),
        (BinaryArithmeticKind.Max, nameof(PortableMath.Max)),
        (BinaryArithmeticKind.Min, nameof(PortableMath.Min)),
    ];

    static DeviceMath()
    {
        // Functions that ILGPU does not know. This holds for the whole process, and harms nobody: without it, such kernels do not compile.
        string[] names =
        [
            nameof(PortableMath.Asinh),
            nameof(PortableMath.Acosh),
            nameof(PortableMath.Atanh),
            nameof(PortableMath.Cbrt),
            nameof(PortableMath.Log2),
            nameof(PortableMath.Truncate),
        ];
        foreach (string name in names)
        {
            RemappedIntrinsics.AddRemapping(typeof(MathF), typeof(PortableMath), name, typeof(float));
            RemappedIntrinsics.AddRemapping(typeof(Math), typeof(PortableMath), name, typeof(double));
        }
        Type bits = typeof(PortableBits);
        RemappedIntrinsics.AddRemapping(typeof(BitConverter), bits, nameof(PortableBits.SingleToUInt32Bits), typeof(float));
        RemappedIntrinsics.AddRemapping(typeof(BitConverter), bits, nameof(PortableBits.UInt32BitsToSingle), typeof(uint));
        RemappedIntrinsics.AddRemapping(typeof(BitConverter), bits, nameof(PortableBits.DoubleToUInt64Bits), typeof(double));
        RemappedIntrinsics.AddRemapping(typeof(BitConverter), bits, nameof(PortableBits.UInt64BitsToDouble), typeof(ulong));
    }

    /// <summary>Makes a context compile mathematical functions from <see cref="PortableMath"/>, for CUDA and OpenCL.</summary>
    public static void Register(Context context)
    {
        IntrinsicImplementationManager manager = context.GetIntrinsicManager();
        (BasicValueType, Type)[] types = [(BasicValueType.Float32, typeof(float)), (BasicValueType.Float64, typeof(double))];
        foreach ((BasicValueType valueType, Type type) in types)
        {
            foreach ((UnaryArithmeticKind kind, string name) in s_unary)
            {
                MethodInfo method = typeof(PortableMath).GetMethod(name, [type])!;
                manager.RegisterUnaryArithmetic(kind, valueType, new PTXIntrinsic(method, IntrinsicImplementationMode.Redirect));
                manager.RegisterUnaryArithmetic(kind, valueType, new CLIntrinsic(method, IntrinsicImplementationMode.Redirect));
            }
            foreach ((BinaryArithmeticKind kind, string name) in s_binary)
            {
                MethodInfo method = typeof(PortableMath).GetMethod(name, [type, type])!;
                manager.RegisterBinaryArithmetic(kind, valueType, new PTXIntrinsic(method, IntrinsicImplementationMode.Redirect));
                manager.RegisterBinaryArithmetic(kind, valueType, new CLIntrinsic(method, IntrinsicImplementationMode.Redirect));
            }
        }
    }
}
