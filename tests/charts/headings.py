"""In which order headings stand, as the law of each country has them: looked at by hand."""

HEADINGS = {
    "skr03": """
Anlagevermögen
  Immaterielle Vermögensgegenstände
  Sachanlagen
  Finanzanlagen
Umlaufvermögen
  Vorräte
  Forderungen und sonstige Vermögensgegenstände
  Kassenbestand und Guthaben bei Kreditinstituten
Rechnungsabgrenzungsposten
Rückstellungen
Verbindlichkeiten
Passive Rechnungsabgrenzungsposten
Umsatzerlöse
Bestandsveränderungen
Andere aktivierte Eigenleistungen
Sonstige betriebliche Erträge
Zinsen und ähnliche Erträge
Materialaufwand
Personalaufwand
Abschreibungen
Sonstige betriebliche Aufwendungen
Zinsen und ähnliche Aufwendungen
Steuern vom Einkommen und vom Ertrag
Sonstige Steuern
""",
    "pcg": """
Actif immobilisé
  Immobilisations incorporelles
  Immobilisations corporelles
  Immobilisations financières
Actif circulant
  Stocks et en-cours
  Créances
  Valeurs mobilières de placement
  Disponibilités
Comptes de régularisation
Provisions
Dettes
  Emprunts et dettes financières
  Fournisseurs et clients
  Dettes fiscales et sociales
  Autres dettes
Comptes de régularisation
Produits d'exploitation
  Chiffre d'affaires
  Autres produits d'exploitation
Produits financiers
Produits exceptionnels
Charges d'exploitation
  Achats
  Services extérieurs
  Impôts, taxes et versements assimilés
  Charges de personnel
  Autres charges de gestion courante
  Dotations aux amortissements, dépréciations et provisions
Charges financières
Charges exceptionnelles
Participation des salariés et impôts sur les bénéfices
""",
    "bas": """
Anläggningstillgångar
  Immateriella anläggningstillgångar
  Materiella anläggningstillgångar
  Finansiella anläggningstillgångar
Omsättningstillgångar
  Varulager m.m.
  Kortfristiga fordringar
  Kortfristiga placeringar
  Kassa och bank
Obeskattade reserver
Avsättningar
Långfristiga skulder
Kortfristiga skulder
Nettoomsättning
Övriga rörelseintäkter
Finansiella intäkter
Råvaror, förnödenheter och handelsvaror
Övriga externa kostnader
Personalkostnader
Av- och nedskrivningar
Övriga rörelsekostnader
Finansiella kostnader
Bokslutsdispositioner
Skatter
""",
    "rgs": """
Vaste activa
  Immateriële vaste activa
  Materiële vaste activa
  Financiële vaste activa
Vlottende activa
  Voorraden
  Vorderingen
  Effecten
  Liquide middelen
Voorzieningen
Langlopende schulden
Kortlopende schulden
Netto-omzet
Overige bedrijfsopbrengsten
Financiële baten
Inkoopwaarde van de omzet
Personeelskosten
Afschrijvingen
Overige bedrijfskosten
Financiële lasten
Belastingen
""",
    "es-pymes": """
Activo no corriente
  Inmovilizado intangible
  Inmovilizado material
  Inversiones inmobiliarias
  Inversiones financieras a largo plazo
Activo corriente
  Existencias
  Deudores comerciales y otras cuentas a cobrar
  Inversiones financieras a corto plazo
  Periodificaciones a corto plazo
  Efectivo y otros activos líquidos equivalentes
Pasivo no corriente
Pasivo corriente
  Acreedores varios
Ingresos de explotación
  Importe neto de la cifra de negocios
  Variación de existencias de productos
  Trabajos realizados por la empresa para su activo
  Otros ingresos de explotación
  Resultado positivo por enajenaciones del inmovilizado
Ingresos financieros
Gastos de explotación
  Aprovisionamientos
  Gastos de personal
  Otros gastos de explotación
  Amortización del inmovilizado
  Deterioro y resultado negativo por enajenaciones
Gastos financieros
Impuesto sobre beneficios
""",
    "uk-small-business": """
Fixed assets
  Intangible assets
  Tangible assets
  Investments
Current assets
  Stocks
  Debtors
  Cash at bank and in hand
Creditors due within one year
Creditors due after more than one year
Provisions for liabilities
Turnover
Other operating income
Interest receivable
Cost of sales
Distribution costs
Administrative expenses
  Staff
  Premises
  Motor and travel
  Office
  Professional and finance
  Depreciation and amortisation
Interest payable
Tax on profit
""",
    "ifrs": """
Non-current assets
  Property, plant and equipment
  Right-of-use assets
  Investment property
  Goodwill and other intangible assets
  Financial assets
  Deferred tax assets
Current assets
  Inventories
  Trade and other receivables
  Other financial assets
  Cash and cash equivalents
Non-current liabilities
Current liabilities
Revenue
Other income
Finance income
Changes in inventories
Raw materials and consumables used
Employee benefits expense
Depreciation, amortisation and impairment
Other expenses
Finance costs
Income tax expense
""",
    "small-business-en": """
Current assets
  Cash and bank
  Receivables
  Inventory
  Prepaid expenses
Fixed assets
Other assets
Current liabilities
Long-term liabilities
Sales
Other income
Cost of goods sold
Staff
Premises
Office
Selling
Vehicles and travel
General
Other expenses
""",
    "club-en": """
Cash and bank
Members
Receivables
Stock
Equipment
Activities
Premises
Administration
""",
}
HEADINGS["skr04"] = HEADINGS["skr03"]
