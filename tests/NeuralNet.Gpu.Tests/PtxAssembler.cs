using System.Diagnostics;

namespace NeuralNet.Gpu.Tests;

/// <summary>NVIDIA's assembler, where one is on the path: it finds faults in PTX that ILGPU does not.</summary>
internal static class PtxAssembler
{
    private static readonly string? s_path = (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? "ptxas.exe" : "ptxas"))
        .FirstOrDefault(File.Exists);

    /// <summary>Says whether there is one, for the output of tests.</summary>
    public static string Description => s_path is null ? "not assembled, as there is no ptxas on the PATH" : $"assembled by {s_path}";

    /// <summary>Assembles PTX for sm_90. Gives what the assembler says against it, or null; null too where there is no assembler.</summary>
    public static string? TryAssemble(string assembly)
    {
        if (s_path is null)
            return null;
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, assembly);
            ProcessStartInfo start = new(s_path, ["-arch=sm_90", "-o", file + ".cubin", file])
            {
                RedirectStandardError = true,
                RedirectStandardOutput = true,
            };
            using Process process = Process.Start(start)!;
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string text = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? null : $"ptxas refuses it: {text}{errors.Result}";
        }
        finally
        {
            File.Delete(file);
            File.Delete(file + ".cubin");
        }
    }
}
