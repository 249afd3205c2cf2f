"""The items of income statements in the order of each country's scheme, with the sums between: looked at by hand."""

HGB_275 = """
Umsatzerlöse
Bestandsveränderungen
Andere aktivierte Eigenleistungen
Sonstige betriebliche Erträge
Materialaufwand
= Rohergebnis
Personalaufwand
Abschreibungen
Sonstige betriebliche Aufwendungen
= Betriebsergebnis
Zinsen und ähnliche Erträge
Zinsen und ähnliche Aufwendungen
Steuern vom Einkommen und vom Ertrag
= Ergebnis nach Steuern
Sonstige Steuern
= Result
"""

SCHEMES = {
    "bas": """
Nettoomsättning
Övriga rörelseintäkter
Råvaror, förnödenheter och handelsvaror
Övriga externa kostnader
Personalkostnader
Av- och nedskrivningar
Övriga rörelsekostnader
= Rörelseresultat
Finansiella intäkter
Finansiella kostnader
= Resultat efter finansiella poster
Bokslutsdispositioner
= Resultat före skatt
Skatter
= Result
""",
    "es-pymes": """
Importe neto de la cifra de negocios
Variación de existencias de productos
Trabajos realizados por la empresa para su activo
Aprovisionamientos
Otros ingresos de explotación
Gastos de personal
Otros gastos de explotación
Amortización del inmovilizado
Resultado positivo por enajenaciones del inmovilizado
Deterioro y resultado negativo por enajenaciones
= Resultado de explotación
Ingresos financieros
Gastos financieros
= Resultado financiero
= Resultado antes de impuestos
Impuesto sobre beneficios
= Result
""",
    "ifrs": """
Revenue
Other income
Changes in inventories
Raw materials and consumables used
Employee benefits expense
Depreciation, amortisation and impairment
Other expenses
= Operating profit
Finance income
Finance costs
= Profit before tax
Income tax expense
= Result
""",
    "pcg": """
Produits d'exploitation
Charges d'exploitation
= Résultat d'exploitation
Produits financiers
Charges financières
= Résultat financier
= Résultat courant avant impôts
Produits exceptionnels
Charges exceptionnelles
= Résultat exceptionnel
Participation des salariés et impôts sur les bénéfices
= Result
""",
    "rgs": """
Netto-omzet
Inkoopwaarde van de omzet
= Bruto-omzetresultaat
Overige bedrijfsopbrengsten
Personeelskosten
Afschrijvingen
Overige bedrijfskosten
= Bedrijfsresultaat
Financiële baten
Financiële lasten
= Financiële baten en lasten
= Resultaat voor belastingen
Belastingen
= Result
""",
    "skr03": HGB_275,
    "skr04": HGB_275,
    "uk-small-business": """
Turnover
Cost of sales
= Gross profit
Distribution costs
Administrative expenses
Other operating income
= Operating profit
Interest receivable
Interest payable
= Profit before taxation
Tax on profit
= Result
""",
}
