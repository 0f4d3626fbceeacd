namespace NeuralNet.Backends.Gpu.Kernels;

/// <summary>The place of an element along each axis, innermost first; 0 on axes that do not exist.</summary>
internal struct DevicePosition
{
    public long Axis0;
    public long Axis1;
    public long Axis2;
    public long Axis3;
    public long Axis4;
    public long Axis5;
    public long Axis6;
    public long Axis7;
}
