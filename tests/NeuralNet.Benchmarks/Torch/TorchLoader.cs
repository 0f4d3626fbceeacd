using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace NeuralNet.Benchmarks.Torch;

/// <summary>Makes TorchSharp's native library load on systems whose libstdc++ is older than the one it was linked with.</summary>
/// <remarks>
/// libLibTorchSharp.so asks for the symbol version GLIBCXX_3.4.32, from which it uses nothing: no relocation refers to it. The dynamic linker
/// refuses the file for the missing version all the same, unless the request is marked weak. The mark is set in the copy that the build put
/// beside the program, before the first use of TorchSharp.
/// </remarks>
internal static class TorchLoader
{
    private const string LibraryName = "libLibTorchSharp.so";
    private const string UnusedVersion = "GLIBCXX_3.4.32";
    private const uint VersionNeedsSection = 0x6ffffffe;
    private const ushort Weak = 2;

    [ModuleInitializer]
    internal static void RelaxVersionRequest()
    {
        if (!OperatingSystem.IsLinux())
            return;
        foreach (string path in Directory.EnumerateFiles(AppContext.BaseDirectory, LibraryName, SearchOption.AllDirectories))
        {
            byte[] image = File.ReadAllBytes(path);
            if (MarkWeak(image))
                Replace(path, image);
        }
    }

    /// <summary>Marks the request for the unused version weak; false when there is none, or when it is weak already.</summary>
    private static bool MarkWeak(Span<byte> image)
    {
        long headers = BinaryPrimitives.ReadInt64LittleEndian(image[0x28..]);
        int headerSize = BinaryPrimitives.ReadUInt16LittleEndian(image[0x3a..]);
        int headerCount = BinaryPrimitives.ReadUInt16LittleEndian(image[0x3c..]);
        for (int i = 0; i < headerCount; i++)
        {
            Span<byte> header = image[(int)(headers + (long)i * headerSize)..];
            if (BinaryPrimitives.ReadUInt32LittleEndian(header[4..]) != VersionNeedsSection)
                continue;
            int offset = (int)BinaryPrimitives.ReadInt64LittleEndian(header[0x18..]);
            return MarkWeakIn(image[offset..]);
        }
        return false;
    }

    /// <summary>Walks the needed libraries (Elf64_Verneed), and for each the versions asked of it (Elf64_Vernaux).</summary>
    private static bool MarkWeakIn(Span<byte> needs)
    {
        uint hash = ElfHash(UnusedVersion);
        for (int need = 0; ;)
        {
            int count = BinaryPrimitives.ReadUInt16LittleEndian(needs[(need + 2)..]);
            int version = need + BinaryPrimitives.ReadInt32LittleEndian(needs[(need + 8)..]);
            for (int i = 0; i < count; i++)
            {
                Span<byte> entry = needs[version..];
                ushort flags = BinaryPrimitives.ReadUInt16LittleEndian(entry[4..]);
                if (BinaryPrimitives.ReadUInt32LittleEndian(entry) == hash && (flags & Weak) == 0)
                {
                    BinaryPrimitives.WriteUInt16LittleEndian(entry[4..], (ushort)(flags | Weak));
                    return true;
                }
                version += BinaryPrimitives.ReadInt32LittleEndian(entry[12..]);
            }
            int next = BinaryPrimitives.ReadInt32LittleEndian(needs[(need + 12)..]);
            if (next == 0)
                return false;
            need += next;
        }
    }

    /// <summary>The System V hash of a symbol version's name.</summary>
    private static uint ElfHash(string name)
    {
        uint hash = 0;
        foreach (char c in name)
        {
            hash = (hash << 4) + c;
            uint high = hash & 0xf0000000;
            hash = (hash ^ (high >> 24)) & ~high;
        }
        return hash;
    }

    /// <summary>Renames a finished file over the old one, so that a second program that starts meanwhile never sees half of it.</summary>
    private static void Replace(string path, byte[] image)
    {
        string temporary = $"{path}.{Environment.ProcessId}";
        File.WriteAllBytes(temporary, image);
        File.Move(temporary, path, overwrite: true);
    }
}
