namespace NeuralNet;

/// <summary>The tensors that an operation's backward step reads. From the fourth input on, all share one flag.</summary>
[Flags]
internal enum Saves
{
    None = 0,
    First = 1,
    Second = 2,
    Third = 4,
    Others = 8,
    Inputs = First | Second | Third | Others,
    Output = 16,
}
