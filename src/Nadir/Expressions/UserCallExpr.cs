namespace Nadir.Expressions;

/// <summary>A call of a function the model defines. It exists only while a model is read: the reader puts the function's body in its place.</summary>
sealed record UserCallExpr(string Name, IReadOnlyList<Expr> Arguments, Token Token) : Expr;
