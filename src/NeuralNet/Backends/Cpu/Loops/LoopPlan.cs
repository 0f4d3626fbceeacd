using System.Runtime.CompilerServices;

namespace NeuralNet.Backends.Cpu.Loops;

/// <summary>
/// A nest of loops over one to four operands of equal sizes. Axes of size 1 are dropped, the others ordered by the first operand's strides
/// (outermost first), and neighbours merged where every operand allows it. The innermost axis makes the rows. Lives on the stack.
/// </summary>
/// <remarks>Holds raw addresses: whoever builds a plan keeps its operands pinned for as long as the plan is used.</remarks>
internal unsafe struct LoopPlan
{
    private const int MaxOperands = 4;

    private fixed long _sizes[Shape.MaxRank];
    private fixed long _strides[Shape.MaxRank * MaxOperands];
    private fixed int _axes[Shape.MaxRank];
    private fixed long _bases[MaxOperands];
    private int _operands;

    /// <summary>Starts the plan with the operand that orders the axes; an axis of stride 0 has no order and stands outermost.</summary>
    /// <param name="start">The operand's element at the layout's offset.</param>
    /// <param name="elementSize">The size of an element in bytes.</param>
    /// <param name="layout">The operand's layout.</param>
    /// <param name="axes">The axes to loop over, as a set of bits.</param>
    /// <param name="ordered">Whether axes are ordered by stride; otherwise they keep their logical order.</param>
    public LoopPlan(void* start, int elementSize, Layout layout, uint axes = uint.MaxValue, bool ordered = true)
    {
        ReadOnlySpan<long> sizes = layout.Sizes;
        ReadOnlySpan<long> strides = layout.Strides;
        Count = 1;
        for (int axis = 0; axis < sizes.Length; axis++)
        {
            if (sizes[axis] == 1 || (axes & (1u << axis)) == 0)
                continue;
            int slot = Rank++;
            for (; ordered && slot > 0 && IsOutside(strides[axis], strides[_axes[slot - 1]]); slot--)
            {
                _axes[slot] = _axes[slot - 1];
                _sizes[slot] = _sizes[slot - 1];
            }
            _axes[slot] = axis;
            _sizes[slot] = sizes[axis];
            Count *= sizes[axis];
        }
        Add(start, elementSize, layout);
    }

    /// <summary>The number of axes; 0 for a single element, until <see cref="Merge"/> makes that a row of one.</summary>
    public int Rank { get; private set; }

    /// <summary>The number of elements.</summary>
    public long Count { get; private set; }

    /// <summary>The number of elements of a row.</summary>
    public readonly long RowLength => _sizes[Rank - 1];

    /// <summary>The number of rows.</summary>
    public readonly long Rows => RowLength == 0 ? 0 : Count / RowLength;

    /// <summary>Whether an operand has nearer neighbours along another axis than along the rows.</summary>
    public readonly bool IsCrossed
    {
        get
        {
            int inner = Rank - 1;
            for (int operand = 0; operand < _operands; operand++)
            {
                for (int axis = 0; axis < inner; axis++)
                {
                    if (Stride(axis, operand) != 0 && Stride(axis, operand) < Stride(inner, operand))
                        return true;
                }
            }
            return false;
        }
    }

    /// <summary>The plan of one row, as distances from its start.</summary>
    public static LoopPlan SingleRow(long stride, long count)
    {
        LoopPlan plan = default;
        plan._operands = 1;
        plan.Rank = 1;
        plan.Count = count;
        plan._sizes[0] = count;
        plan._strides[0] = stride;
        return plan;
    }

    /// <summary>Adds an operand. Along <paramref name="fixedAxis"/>, if there is one, it stays where it is.</summary>
    public void Add(void* start, int elementSize, Layout layout, int fixedAxis = -1)
    {
        ReadOnlySpan<long> strides = layout.Strides;
        _bases[_operands] = (long)start;
        for (int i = 0; i < Rank; i++)
            _strides[i * MaxOperands + _operands] = _axes[i] == fixedAxis ? 0 : strides[_axes[i]] * elementSize;
        _operands++;
    }

    /// <summary>Merges axes, once all operands are there.</summary>
    public void Merge()
    {
        if (Rank == 0)
        {
            _sizes[Rank++] = 1;
            return;
        }
        int last = 0;
        for (int i = 1; i < Rank; i++)
        {
            bool mergeable = true;
            for (int operand = 0; operand < _operands; operand++)
                mergeable &= Stride(last, operand) == Stride(i, operand) * _sizes[i];
            if (mergeable)
            {
                _sizes[last] *= _sizes[i];
            }
            else
            {
                _sizes[++last] = _sizes[i];
            }
            for (int operand = 0; operand < _operands; operand++)
                _strides[last * MaxOperands + operand] = Stride(i, operand);
        }
        Rank = last + 1;
    }

    /// <summary>The size of an axis of the nest, 0 being the outermost.</summary>
    public readonly long Size(int axis) => _sizes[axis];

    /// <summary>The distance in bytes between neighbours along an axis of the nest.</summary>
    public readonly long Stride(int axis, int operand) => _strides[axis * MaxOperands + operand];

    /// <summary>The address of an operand's first element.</summary>
    public readonly byte* Start(int operand) => (byte*)_bases[operand];

    /// <summary>Replaces an operand by a block whose elements lie in the order of the loops.</summary>
    public void SetDense(int operand, void* start, int elementSize)
    {
        _bases[operand] = (long)start;
        long stride = elementSize;
        for (int axis = Rank - 1; axis >= 0; axis--)
        {
            _strides[axis * MaxOperands + operand] = stride;
            stride *= _sizes[axis];
        }
    }

    /// <summary>Takes an axis out of the nest; the operands stay at its first position.</summary>
    public void Remove(int axis)
    {
        Count /= _sizes[axis];
        Rank--;
        for (int i = axis; i < Rank; i++)
        {
            _sizes[i] = _sizes[i + 1];
            for (int operand = 0; operand < _operands; operand++)
                _strides[i * MaxOperands + operand] = Stride(i + 1, operand);
        }
    }

    /// <summary>The same nest with only a part of its outermost axis.</summary>
    public readonly LoopPlan Slice(long first, long count)
    {
        LoopPlan part = this;
        part._sizes[0] = count;
        part.Count = Count / _sizes[0] * count;
        for (int operand = 0; operand < _operands; operand++)
            part._bases[operand] += first * Stride(0, operand);
        return part;
    }

    /// <summary>The row of a number, and in <paramref name="position"/> where it stands on each axis.</summary>
    public readonly Row Seek(long number, long* position)
    {
        int inner = Rank - 1;
        Row row = new()
        {
            P0 = (byte*)_bases[0],
            P1 = (byte*)_bases[1],
            P2 = (byte*)_bases[2],
            P3 = (byte*)_bases[3],
            S0 = (nint)Stride(inner, 0),
            S1 = (nint)Stride(inner, 1),
            S2 = (nint)Stride(inner, 2),
            S3 = (nint)Stride(inner, 3),
            Count = (nint)_sizes[inner],
        };
        for (int axis = inner - 1; axis >= 0; axis--)
        {
            position[axis] = 0;
            if (number == 0)
                continue;
            (number, position[axis]) = Math.DivRem(number, _sizes[axis]);
            Move(ref row, axis, position[axis]);
        }
        return row;
    }

    /// <summary>Moves on to the next row; after the last one comes the first.</summary>
    public readonly void Advance(ref Row row, long* position)
    {
        for (int axis = Rank - 2; axis >= 0; axis--)
        {
            Move(ref row, axis, 1);
            if (++position[axis] < _sizes[axis])
                return;
            Move(ref row, axis, -_sizes[axis]);
            position[axis] = 0;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Move(ref Row row, int axis, long steps)
    {
        row.P0 += Stride(axis, 0) * steps;
        row.P1 += Stride(axis, 1) * steps;
        row.P2 += Stride(axis, 2) * steps;
        row.P3 += Stride(axis, 3) * steps;
    }

    private static bool IsOutside(long stride, long other) => other != 0 && (stride == 0 || stride > other);
}
