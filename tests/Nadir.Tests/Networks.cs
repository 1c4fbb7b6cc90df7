using Nadir.Kernels;
using Nadir.Models;

namespace Nadir.Tests;

/// <summary>Networks written in the model language, for tests.</summary>
static class Networks
{
    public static Model Model(string antimony) => AntimonyReader.Read(antimony, "test.ant").OrThrow();

    public static Network Compile(string antimony) => Network.Compile(Model(antimony));

    public static double[] Initial(Network network)
    {
        InitialState start = new(network);
        double[] slots = new double[start.Count];
        start.Fill(slots);
        return slots;
    }
}
