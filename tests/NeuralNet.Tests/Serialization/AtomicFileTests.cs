using NeuralNet.Serialization;
using NeuralNet.Testing;

namespace NeuralNet.Tests.Serialization;

public class AtomicFileTests
{
    [Fact]
    public void Write_NewFile_LeavesOnlyThatFile()
    {
        using TemporaryFolder folder = new();
        AtomicFile.Write(folder["a"], stream => stream.Write("new"u8));
        File.ReadAllText(folder["a"]).Should().Be("new");
        Directory.GetFileSystemEntries(folder.Path).Should().Equal(folder["a"]);
    }

    [Fact]
    public void Write_FolderMissing_NamesTheFileThatWasAskedFor()
    {
        using TemporaryFolder folder = new();
        string path = Path.Combine(folder["missing"], "a");
        ((Action)(() => AtomicFile.Write(path, _ => { }))).Should().Throw<DirectoryNotFoundException>()
            .WithMessage($"{path}: its folder does not exist. Create it first.");
    }

    [Fact]
    public void Write_ExistingFile_ReplacesIt()
    {
        using TemporaryFolder folder = new();
        folder.Write("a", "an older and longer content"u8);
        AtomicFile.Write(folder["a"], stream => stream.Write("new"u8));
        File.ReadAllText(folder["a"]).Should().Be("new");
    }

    [Fact]
    public void Write_WriterFails_OldFileStaysAndNoTemporaryFile()
    {
        using TemporaryFolder folder = new();
        folder.Write("a", "old"u8);
        Action write = () => AtomicFile.Write(folder["a"], stream =>
        {
            stream.Write(new byte[1 << 20]);
            File.ReadAllText(folder["a"]).Should().Be("old", "the old file stands until the new one is whole");
            Directory.GetFileSystemEntries(folder.Path).Should().HaveCount(2);
            throw new InvalidOperationException("the disk caught fire");
        });
        write.Should().Throw<InvalidOperationException>().WithMessage("the disk caught fire");
        File.ReadAllText(folder["a"]).Should().Be("old");
        Directory.GetFileSystemEntries(folder.Path).Should().Equal(folder["a"]);
    }

    [Fact]
    public void Write_RenameFails_NoTemporaryFile()
    {
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder["a"]);
        Action write = () => AtomicFile.Write(folder["a"], stream => stream.Write("new"u8));
        write.Should().Throw<Exception>();
        Directory.GetFileSystemEntries(folder.Path).Should().Equal(folder["a"]);
    }

    [Fact]
    public void Write_SymbolicLink_ReplacesWhatItPointsTo()
    {
        using TemporaryFolder folder = new();
        folder.Write("a", "old"u8);
        File.CreateSymbolicLink(folder["link"], folder["a"]);
        AtomicFile.Write(folder["link"], stream => stream.Write("new"u8));
        File.ReadAllText(folder["a"]).Should().Be("new");
        new FileInfo(folder["link"]).LinkTarget.Should().NotBeNull();
    }
}
