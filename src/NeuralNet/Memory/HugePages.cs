using System.Runtime.InteropServices;

namespace NeuralNet.Memory;

/// <summary>
/// Pages of 2 MB where Linux gives them on request: large tensors are read faster, as the processor looks up fewer addresses, and fresh
/// ones cost fewer faults.
/// </summary>
internal static partial class HugePages
{
    /// <summary>The size of such a page, and what blocks of them are aligned to.</summary>
    public const long Size = 2L << 20;

    private const int Advice = 14;

    /// <summary>Whether the system has them; a refusal to give one is no error.</summary>
    public static bool AreOffered { get; private set; } = OperatingSystem.IsLinux();

    /// <summary>Asks for them, for what of a block they fill.</summary>
    public static void AskFor(nint block, long byteLength)
    {
        try
        {
            _ = Advise(block, (nuint)(byteLength / Size * Size), Advice);
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            AreOffered = false;
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(nint address, nuint length, int advice);
}
