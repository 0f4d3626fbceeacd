using NeuralNet.Backends;

namespace NeuralNet;

/// <summary>A differentiable operation of your own: a forward step and a backward step, both programs over tensors.</summary>
/// <remarks>
/// Make one instance for each call. If <see cref="Backward"/> is made of tensor operations, higher derivatives work too; check it with
/// <see cref="GradientCheck"/>.
/// </remarks>
/// <example>
/// <code>
/// sealed class Cube : CustomOp
/// {
///     protected override Tensor Forward(IReadOnlyList&lt;Tensor&gt; inputs) =&gt; inputs[0] * inputs[0] * inputs[0];
///
///     protected override IReadOnlyList&lt;Tensor?&gt; Backward(Tensor gradient, IReadOnlyList&lt;Tensor&gt; inputs, Tensor output) =&gt;
///         [gradient * 3 * inputs[0] * inputs[0]];
/// }
///
/// var y = new Cube().Apply(x);
/// </code>
/// </example>
public abstract class CustomOp
{
    /// <summary>Runs the operation; where an input requires a gradient it is recorded as one node.</summary>
    /// <exception cref="ArgumentException">There are no inputs.</exception>
    /// <exception cref="ArgumentNullException">An input is null.</exception>
    /// <exception cref="InvalidOperationException">The forward step returned null.</exception>
    /// <exception cref="DTypeException">An input requires a gradient, and the forward step returned a tensor of a dtype without
    /// fractions.</exception>
    /// <exception cref="DeviceException">The inputs are on different devices.</exception>
    /// <exception cref="ObjectDisposedException">An input was ended by its scope.</exception>
    public Tensor Apply(params ReadOnlySpan<Tensor> inputs)
    {
        if (inputs.IsEmpty)
            throw new ArgumentException($"{GetType().Name}: no inputs. An operation needs at least one tensor.", nameof(inputs));
        return Op.Apply(new Node(this), inputs);
    }

    /// <summary>Computes the output. Nothing is recorded here.</summary>
    protected abstract Tensor Forward(IReadOnlyList<Tensor> inputs);

    /// <summary>Computes the gradients of the inputs.</summary>
    /// <param name="gradient">The gradient of the output, of its shape.</param>
    /// <param name="inputs">The inputs of the forward step.</param>
    /// <param name="output">Its output.</param>
    /// <returns>One gradient for each input, of its shape or one that it was broadcast to; null where there is none.</returns>
    protected abstract IReadOnlyList<Tensor?> Backward(Tensor gradient, IReadOnlyList<Tensor> inputs, Tensor output);

    /// <summary>The node that stands for the operation in the graph.</summary>
    internal sealed class Node(CustomOp custom) : Op
    {
        public override string Name => custom.GetType().Name;

        public override bool RunsUserCode => true;

        protected override Saves Saves => Saves.Inputs | Saves.Output;

        protected override Tensor Execute(Device device, ReadOnlySpan<Tensor> inputs)
        {
            Tensor[] detached = [.. inputs];
            for (int i = 0; i < detached.Length; i++)
                detached[i] = detached[i].Detach();
            Tensor output;
            using (Autograd.NoGrad())
                output = custom.Forward(detached);
            if (output is null)
                throw new InvalidOperationException($"{Name}: Forward returned null. Return a tensor.");
            if (!output.DType.IsFloatingPoint() && IsRecorded(inputs))
                throw new DTypeException($"{Name}: Forward returned a tensor of {output.DType}, which has no gradient, and an input "
                    + "requires one. Return Float32 or Float64, or apply it inside Autograd.NoGrad().");
            // The handle becomes a node of the graph, so it must be no tensor that somebody else holds: an input, a constant that was kept.
            return output.Detach();
        }

        protected override OutputInfo Infer(ReadOnlySpan<Tensor> inputs) =>
            throw new System.Diagnostics.UnreachableException();

        protected override void Forward(IComputeBackend backend, ReadOnlySpan<Tensor> inputs, Tensor output) =>
            throw new System.Diagnostics.UnreachableException();

        protected override void Propagate(Tensor dy, Span<Tensor?> gradients)
        {
            Tensor[] inputs = new Tensor[gradients.Length];
            for (int i = 0; i < inputs.Length; i++)
                inputs[i] = SavedInput(i);
            IReadOnlyList<Tensor?> results = custom.Backward(dy, inputs, SavedOutput());
            if (results?.Count != inputs.Length)
                throw new InvalidOperationException($"{Name}: Backward returned {results?.Count ?? 0} gradients for {inputs.Length} "
                    + $"{(inputs.Length == 1 ? "input" : "inputs")}. Return one for each, null where there is none.");
            for (int i = 0; i < inputs.Length; i++)
                gradients[i] = Checked(results[i], inputs[i], i);
        }

        private Tensor? Checked(Tensor? gradient, Tensor input, int index)
        {
            if (gradient is null)
                return null;
            if (Shape.TryBroadcast(gradient.Shape, input.Shape) != gradient.Shape)
                throw new ShapeException($"{Name}: Backward returned a gradient of {gradient.Shape} for input {index} of "
                    + $"{input.Shape}. Return the input's shape.");
            Require.SameKind($"{Name}: Backward returned", gradient, $"input {index}", input);
            return gradient;
        }
    }
}
