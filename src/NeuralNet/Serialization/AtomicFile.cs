namespace NeuralNet.Serialization;

/// <summary>Writes files so that a crash at any moment leaves either the old file or the new one, whole.</summary>
internal static class AtomicFile
{
    /// <summary>
    /// Writes a temporary file in the same folder, flushes it to the disk and renames it over <paramref name="path"/>.
    /// If writing fails, the temporary file is removed and what stood at the path stays.
    /// </summary>
    public static void Write(string path, Action<FileStream> write)
    {
        string target = Path.GetFullPath(path);
        // Renaming over a symbolic link would put a file in place of the link.
        FileInfo info = new(target);
        if (info.LinkTarget is not null && info.ResolveLinkTarget(returnFinalTarget: true) is { } linked)
            target = linked.FullName;
        // A rename is atomic only within one file system, hence the same folder.
        string folder = Path.GetDirectoryName(target) ?? target;
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"{path}: its folder does not exist. Create it first.");
        string temporary = Path.Combine(folder, $".{Guid.NewGuid():N}.tmp");
        try
        {
            using (FileStream stream = new(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1 << 16))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            File.Move(temporary, target, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
